package wsp.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import wsp.testing.Split;

class OtherProtocolTest {
  private static MessageException refusal(List<ByteBuffer> parts) {
    HeadReader<RequestHead> heads = HeadReader.ofRequests(64 << 10, 100);
    return assertThrows(
        MessageException.class,
        () -> {
          for (ByteBuffer in : parts) while (in.hasRemaining()) heads.read(in);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%16%03%01%00%a5%01%00%0a%00 | 400 | TLS",
        "PROXY TCP4 192.0.2.1 192.0.2.2 1 2~GET / HTTP/1.1~Host: h~~ | 400 | PROXY protocol",
        "PROXY UNKNOWN~GET / HTTP/1.1~Host: h~~ | 400 | PROXY protocol",
        "~~%00~QUIT%0a%21%11%00%0c | 400 | PROXY protocol",
        "PRI * HTTP/2.0~~SM~~ | 505 | HTTP/2",
        "GET http://PROXY~~ | 400 | METHOD TARGET VERSION",
        "XPROXY TCP4~~ | 400 | METHOD TARGET VERSION"
      })
  void itIsNamed(String text, int status, String words) {
    String sent = URLDecoder.decode(text.replace("~", "\r\n"), StandardCharsets.ISO_8859_1);
    byte[] bytes = sent.getBytes(StandardCharsets.ISO_8859_1);
    for (List<ByteBuffer> parts : List.of(List.of(ByteBuffer.wrap(bytes)), Split.single(bytes))) {
      MessageException e = refusal(parts);
      assertEquals(status, e.status());
      assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
    }
  }

  @Test
  void anAnswerIsNamedAsEver() {
    HeadReader<ResponseHead> heads = HeadReader.ofResponses(1000, 10);
    ByteBuffer in = ByteBuffer.wrap("PROXY \r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    String words = assertThrows(MessageException.class, () -> heads.read(in)).getMessage();
    assertTrue(!String.valueOf(words).contains("PROXY"), words);
  }
}
