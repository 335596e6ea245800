package wsp.bench.micro;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import wsp.http1.HeadReader;
import wsp.http1.MessageException;
import wsp.http1.RequestHead;

/** The head of a request in one read, checked and taken apart. */
@State(Scope.Benchmark)
public class HeadReaderBenchmark {
  private static final String HEAD =
      String.join(
          "\r\n",
          "GET /request HTTP/1.1",
          "Host: proxy.example.com",
          "Accept: application/json, text/plain;q=0.9, */*;q=0.8",
          "Accept-Encoding: gzip, deflate, br",
          "Accept-Language: en-GB,en;q=0.7",
          "Cookie: session=3f1b0c5e9a7d4c3f8b2e6d1a0c9f8e7d; theme=light",
          "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
          "X-PROXY-DESTINATION: http://api.example.com:8080/v1/orders/4711/items?page=2",
          "X-Request-Id: 0d9f4c1e-6a53-4d0f-9a39-2f1f3f1f7a11",
          "",
          "");

  private final HeadReader<RequestHead> reader = HeadReader.ofRequests(64 * 1024, 100);
  private final ByteBuffer bytes = ByteBuffer.wrap(HEAD.getBytes(StandardCharsets.US_ASCII));

  /** All of it. */
  @Benchmark
  public @Nullable RequestHead read() throws MessageException {
    return reader.read(bytes.rewind());
  }
}
