package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.origin.Failure;
import wsp.client.origin.ReplayException;

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

  @Test
  void aByteOfThePassageThatIsNoTlsSaysThatOthersNeedTheMemory() throws Exception {
    SSLEngine secure =
        CheckedContext.secure(SSLContext.getDefault(), DialogueTest::plain, beginning -> {})
            .createSSLEngine("a", 443);
    secure.setUseClientMode(true);
    ByteBuffer out = ByteBuffer.allocate(NETWORK);
    Exception why =
        assertThrows(
            CheckedEngine.Refusal.class,
            () -> secure.unwrap(ByteBuffer.wrap(new byte[] {Passage.NO_TLS}), out));
    assertEquals(Failure.NO_MEMORY, ((ReplayException) why.getCause()).failure());
  }

  @Test
  void aPartOfAHeadIsNothingYet() throws Exception {
    ByteBuffer out = ByteBuffer.allocate(NETWORK);
    assertEquals(0, engine.unwrap(bytes(ANSWER.substring(0, 10)), out).bytesProduced());
    int all = engine.unwrap(bytes(ANSWER.substring(10)), out).bytesProduced();
    assertEquals(ANSWER.length(), all);
  }
}
