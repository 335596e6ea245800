package wsp.chaos;

import java.io.IOException;
import wsp.testing.Await;

/** Compares the body of an answer as it comes. */
final class CheckedBody implements HttpSocket.Sink {
  private final Task task;
  private final int leaveAt;
  long got;
  boolean bad;

  CheckedBody(Task task, int leaveAt) {
    this.task = task;
    this.leaveAt = leaveAt;
  }

  @Override
  public void take(byte[] bytes, int from, int n) throws IOException {
    bad |= !Payload.matches(task.answerId(), got, bytes, from, n);
    got += n;
    if (leaveAt >= 0 && got > leaveAt) throw new LeavingException();
    // A megabyte in half a second.
    if (task.kind() == Kind.SLOW_READER) Await.pace(n * 500L);
  }

  /** The caller has had enough. */
  static final class LeavingException extends IOException {
    private static final long serialVersionUID = 1;
  }
}
