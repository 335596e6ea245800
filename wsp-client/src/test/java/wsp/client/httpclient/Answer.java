package wsp.client.httpclient;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import wsp.client.origin.OriginStream;
import wsp.client.origin.Origins;
import wsp.client.origin.ReplayException;
import wsp.client.origin.ResponseSink;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;

/** What comes of a request: status and body, or the failure. */
final class Answer implements ResponseSink {
  private final CompletableFuture<String> all = new CompletableFuture<>();
  private final StringBuilder text = new StringBuilder();

  /** Begins a request. */
  static CompletableFuture<String> get(Origins origins, String url) throws Exception {
    Answer answer = new Answer();
    RequestEnvelope get = new RequestEnvelope("GET", url, Headers.EMPTY, 0);
    OriginStream stream = origins.prepare(get, Destination.parse(url), answer);
    stream.start();
    stream.body(ByteBuffer.allocate(0), true);
    return answer.all;
  }

  @Override
  public void onConnected() {}

  @Override
  public void onHead(ResponseEnvelope head) {
    text.append(head.status()).append(' ');
  }

  @Override
  public void onPause() {}

  @Override
  public boolean onBody(ByteBuffer piece, boolean last) {
    text.append(StandardCharsets.US_ASCII.decode(piece));
    if (last) all.complete(text.toString());
    return true;
  }

  @Override
  public void onRequestTaken() {}

  @Override
  public void onFailure(ReplayException failure) {
    all.complete(failure.failure() + " " + failure.getMessage());
  }
}
