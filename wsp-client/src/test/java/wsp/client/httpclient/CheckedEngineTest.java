package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;

class CheckedEngineTest {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nA: b\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";

  private static final int NETWORK = 1024;

  private final SSLEngine engine = connected();

  private static SSLEngine connected() {
    try {
      SSLEngine made =
          CheckedContext.plain(SSLContext.getDefault(), DialogueTest::plain)
              .createSSLEngine("::1", 80);
      ByteBuffer out = ByteBuffer.allocate(NETWORK);
      for (int i = 0; i < 2; i++) made.wrap(ByteBuffer.allocate(0), out);
      made.wrap(bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), out);
      return made;
    } catch (java.io.IOException | java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** HttpClient gives more room, keeps what it has, and counts what the last result says. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 20, 64, 66, 70, 74, 78, 90, 1000})
  void whatIsWrittenInSeveralStepsIsCountedAtTheLast(int room) throws Exception {
    ByteBuffer in = bytes(ANSWER);
    ByteBuffer out = ByteBuffer.allocate(room);
    SSLEngineResult result = engine.unwrap(in, out);
    while (result.getStatus() == Status.BUFFER_OVERFLOW) {
      assertEquals(0, result.bytesProduced());
      out = ByteBuffer.allocate(out.position() + 100).put(out.flip());
      result = engine.unwrap(in, out);
    }
    assertEquals(Status.OK, result.getStatus());
    assertEquals(ANSWER.length(), result.bytesProduced());
    assertEquals(ANSWER, StandardCharsets.ISO_8859_1.decode(out.flip()).toString());
  }

  /** A connection that was given up ends with a byte that is no TLS; origins can send that, too. */
  @ParameterizedTest
  @CsvSource({"false", "true"})
  void whatIsNoTlsIsTheOriginsDoingUnlessTheConnectionWasGivenUp(boolean gaveWay) throws Exception {
    List<byte[]> asked = new ArrayList<>();
    SSLEngine secure = secure(asked, gaveWay);
    ByteBuffer hello = ByteBuffer.allocate(secure.getSession().getPacketBufferSize());
    secure.wrap(ByteBuffer.allocate(0), hello);
    ByteBuffer none = ByteBuffer.wrap(new byte[] {Passage.NO_TLS, 0, 0, 0, 0, 0});
    SSLException why =
        assertThrows(SSLException.class, () -> secure.unwrap(none, ByteBuffer.allocate(NETWORK)));
    ReplayException told = Faults.beforeHead(route(), new IOException(why));
    assertEquals(gaveWay ? Failure.NO_MEMORY : Failure.TLS, told.failure());
    byte[] first = Arrays.copyOf(hello.array(), Pipe.BEGINNING);
    assertArrayEquals(first, asked.get(0));
  }

  private static SSLEngine secure(List<byte[]> asked, boolean gaveWay) throws Exception {
    Carriers carriers =
        new Carriers() {
          @Override
          public void wakesReader(byte[] beginning) {}

          @Override
          public boolean gaveWay(byte[] beginning) {
            asked.add(beginning);
            return gaveWay;
          }

          @Override
          public void carries(String word, byte[] beginning) {}
        };
    SSLEngine secure =
        CheckedContext.secure(SSLContext.getDefault(), DialogueTest::plain, carriers)
            .createSSLEngine("a", 443);
    secure.setUseClientMode(true);
    return secure;
  }

  private static Route route() {
    return new Route(true, "a", 443);
  }

  @Test
  void aPartOfAHeadIsNothingYet() throws Exception {
    ByteBuffer out = ByteBuffer.allocate(NETWORK);
    assertEquals(0, engine.unwrap(bytes(ANSWER.substring(0, 10)), out).bytesProduced());
    int all = engine.unwrap(bytes(ANSWER.substring(10)), out).bytesProduced();
    assertEquals(ANSWER.length(), all);
  }
}
