package wsp.e2e;

import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What comes back of a call. */
final class GrpcAnswers implements StreamObserver<byte[]> {
  private final List<byte[]> got = new ArrayList<>();
  private final CompletableFuture<List<byte[]>> all = new CompletableFuture<>();

  @Override
  public synchronized void onNext(byte[] message) {
    got.add(message);
  }

  @Override
  public void onError(Throwable why) {
    all.completeExceptionally(why);
  }

  @Override
  public synchronized void onCompleted() {
    all.complete(List.copyOf(got));
  }

  synchronized int got() {
    return got.size();
  }

  /** All, once there are no more. */
  List<byte[]> all() throws Exception {
    return all.get(60, TimeUnit.SECONDS);
  }

  String firsts() throws Exception {
    StringBuilder firsts = new StringBuilder();
    for (byte[] message : all()) firsts.append((char) message[0]);
    return firsts.toString();
  }
}
