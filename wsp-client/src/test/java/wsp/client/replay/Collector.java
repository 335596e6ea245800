package wsp.client.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import wsp.client.origin.OriginStream;
import wsp.client.origin.ReplayException;
import wsp.client.origin.ResponseSink;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;

/** Collects an answer; what is to be done with its end is done on the I/O thread. */
final class Collector implements ResponseSink {
  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private final CompletableFuture<Integer> status = new CompletableFuture<>();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final Semaphore taken = new Semaphore(0);
  private final StringBuilder body = new StringBuilder();
  private final AtomicReference<Thread> wantedBy = new AtomicReference<>();
  private final AtomicReference<Thread> headBy = new AtomicReference<>();
  private final Runnable atPiece;
  private final Runnable atEnd;

  Collector(Runnable atEnd) {
    this(() -> {}, atEnd);
  }

  /**
   * @param atPiece runs at each piece but the last
   */
  Collector(Runnable atPiece, Runnable atEnd) {
    this.atPiece = atPiece;
    this.atEnd = atEnd;
  }

  @Override
  public void onConnected() {}

  @Override
  public void onHead(ResponseEnvelope head) {
    headBy.set(Thread.currentThread());
    status.complete(head.status());
  }

  @Override
  public void onInterim(ResponseEnvelope head) {
    told.add(head.status() + " " + head.headers().first("Link"));
  }

  @Override
  public void onBodyWanted() {
    wantedBy.set(Thread.currentThread());
    told.add("wanted" + (status.isDone() ? " too late" : ""));
  }

  /** True if the head came from the thread that had said before that the body is wanted. */
  boolean isOfOneThread() {
    return headBy.get() != null && headBy.get() == wantedBy.get();
  }

  @Override
  public void onTrailers(Headers fields) {
    fields.forEach((name, value) -> told.add(name + "=" + value));
  }

  /** What came beside head and body: the next one. */
  String told() throws InterruptedException {
    return told.poll(10, TimeUnit.SECONDS);
  }

  boolean toldAll() {
    return told.isEmpty();
  }

  @Override
  public void onPause() {}

  @Override
  public boolean onBody(ByteBuffer piece, boolean last) {
    body.append(StandardCharsets.US_ASCII.decode(piece));
    if (!last) {
      atPiece.run();
      return true;
    }
    atEnd.run();
    answer.complete(body.toString());
    return true;
  }

  @Override
  public void onRequestTaken() {
    taken.release();
  }

  @Override
  public void onFailure(ReplayException failure) {
    answer.completeExceptionally(failure);
    status.completeExceptionally(failure);
    taken.release();
  }

  /** Gives a part of the request, and waits until it is taken. */
  void feed(OriginStream replay, byte[] part, boolean last) throws InterruptedException {
    if (replay.body(ByteBuffer.wrap(part), last)) return;
    if (!taken()) throw new AssertionError("a part is not taken");
  }

  /** Waits for the part that was not taken at once. */
  boolean taken() throws InterruptedException {
    return taken.tryAcquire(10, TimeUnit.SECONDS);
  }

  boolean isDone() {
    return answer.isDone();
  }

  int status() throws Exception {
    return status.get(10, TimeUnit.SECONDS);
  }

  String answer() throws Exception {
    return answer.get(10, TimeUnit.SECONDS);
  }
}
