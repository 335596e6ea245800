package wsp.server.tunnel.v1;

import java.nio.ByteBuffer;
import wsp.limit.Budget;
import wsp.server.listener.WebSocketConnection;

/**
 * A connection without a network: what is done to it can be read off, and it can be told to die.
 */
public final class ScriptedSocket implements WebSocketConnection {
  public volatile boolean open = true;
  public volatile int closeCode = -1;
  public volatile String sent = "";
  public volatile long heard;
  public volatile int pings;
  public volatile int bytes;
  public volatile boolean paused;
  public volatile boolean near;
  public volatile Object network = "192.0.2.1";

  /** Runs in {@link #close}, for tests that look at locks. */
  public volatile Runnable onClose = () -> {};

  @Override
  public void send(String text, ByteBuffer firstPart, boolean last) {
    sent = text;
  }

  @Override
  public void sendBinary(ByteBuffer part, boolean last) {}

  @Override
  public ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes);
  }

  @Override
  public void sendFrames(ByteBuffer frames) {}

  @Override
  public void known(Budget links) {
    links.share().add(bytes);
  }

  @Override
  public void ping() {
    pings++;
  }

  @Override
  public boolean congested() {
    return false;
  }

  @Override
  public void whenWritten(Runnable action) {
    action.run();
  }

  @Override
  public void pauseReading() {
    paused = true;
  }

  @Override
  public void resumeReading() {
    paused = false;
  }

  @Override
  public boolean isNear() {
    return near;
  }

  @Override
  public boolean readingPaused() {
    return paused;
  }

  @Override
  public long lastHeard() {
    return heard;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close(int code, String reason) {
    open = false;
    closeCode = code;
    onClose.run();
  }

  @Override
  public void abort() {
    close(1006, "cut");
  }

  @Override
  public String remote() {
    return "192.0.2.1:1";
  }

  @Override
  public Object network() {
    return network;
  }

  @Override
  public void afterReading(Runnable action) {
    action.run();
  }
}
