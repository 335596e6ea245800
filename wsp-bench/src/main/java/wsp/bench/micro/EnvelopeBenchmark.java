package wsp.bench.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;

/** Both envelopes, both ways, with the fields of a browser's request and a web server's answer. */
@State(Scope.Benchmark)
public class EnvelopeBenchmark {
  private final RequestEnvelope request =
      new RequestEnvelope("GET", Samples.URL, Samples.REQUEST, 0);
  private final ResponseEnvelope response = new ResponseEnvelope(200, Samples.RESPONSE, 10_240);
  private final String requestJson = EnvelopeCodec.encode(request);
  private final String responseJson = EnvelopeCodec.encode(response);

  /** What the server writes. */
  @Benchmark
  public String encodeRequest() {
    return EnvelopeCodec.encode(request);
  }

  /** What the client reads. */
  @Benchmark
  public RequestEnvelope decodeRequest() throws EnvelopeException {
    return EnvelopeCodec.decodeRequest(requestJson);
  }

  /** What the client writes. */
  @Benchmark
  public String encodeResponse() {
    return EnvelopeCodec.encode(response);
  }

  /** What the server reads. */
  @Benchmark
  public ResponseEnvelope decodeResponse() throws EnvelopeException {
    return EnvelopeCodec.decodeResponse(responseJson);
  }
}
