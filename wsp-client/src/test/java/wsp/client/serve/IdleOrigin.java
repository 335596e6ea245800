package wsp.client.serve;

import java.nio.ByteBuffer;
import wsp.client.origin.OriginStream;

/** Takes all of a request, and answers nothing by itself. */
class IdleOrigin implements OriginStream {
  @Override
  public void start() {}

  @Override
  public boolean body(ByteBuffer part, boolean last) {
    return true;
  }

  @Override
  public void resume() {}

  @Override
  public void cancel() {}
}
