package wsp.client.serve;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import wsp.client.tunnel.ClientStream;
import wsp.envelope.ResponseEnvelope;
import wsp.tunnel.Reset;

/** Notes the status of the answer, and how it is broken off. */
final class NotedStream implements ClientStream {
  final List<Integer> statuses = new ArrayList<>();
  final List<String> resets = new ArrayList<>();
  final List<Runnable> waiting = new ArrayList<>();
  private final boolean takes;

  /** Takes all at once, or nothing until what waits is run. */
  NotedStream(boolean takes) {
    this.takes = takes;
  }

  @Override
  public String target() {
    return "server";
  }

  @Override
  public String remote() {
    return "server";
  }

  @Override
  public boolean carriesInterim() {
    return true;
  }

  @Override
  public void taken() {}

  @Override
  public void interim(ResponseEnvelope head) {}

  @Override
  public void head(ResponseEnvelope head) {
    statuses.add(head.status());
  }

  @Override
  public void flush() {}

  @Override
  public boolean data(ByteBuffer piece, boolean last, Runnable then) {
    if (!takes) waiting.add(then);
    return takes;
  }

  @Override
  public int takesAtOnce() {
    return 0;
  }

  @Override
  public void finished() {}

  @Override
  public void reset(Reset why, String words) {
    resets.add(why + " " + words);
  }
}
