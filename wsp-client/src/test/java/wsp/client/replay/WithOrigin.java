package wsp.client.replay;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import wsp.client.origin.OriginStream;
import wsp.destination.Destination;
import wsp.envelope.Headers;
import wsp.envelope.RequestEnvelope;

/** A scripted origin, and our engine that sends requests to it. */
@Timeout(60)
abstract class WithOrigin {
  TestOrigin origin;
  TestReplayer replayer;

  @BeforeEach
  void start() throws Exception {
    origin = new TestOrigin("");
    replayer = new TestReplayer();
  }

  @AfterEach
  void stop() throws Exception {
    origin.close();
    replayer.close();
  }

  /** A request whose body is to come, and whose answer goes into the sink. */
  OriginStream started(Collector sink, String method, long length, Headers fields)
      throws Exception {
    RequestEnvelope envelope = new RequestEnvelope(method, origin.url(), fields, length);
    OriginStream replay = replayer.prepare(envelope, Destination.parse(origin.url()), sink);
    replay.start();
    return replay;
  }
}
