package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectHeadTest {
  private static ReadableByteChannel bytes(String text) {
    return Channels.newChannel(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static ConnectHead.Progress read(ConnectHead head, String text) throws IOException {
    return head.read(bytes(text.replace("|", "\r\n")));
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT a:1 HTTP/1.1|, PART",
    "CONNECT a:1 HTTP/1.1||, WHOLE",
    "CONNECT a:1 HTTP/1.1|A: b||, WHOLE",
    "'', BROKEN"
  })
  void aHeadIsWholeAtItsEmptyLine(String text, ConnectHead.Progress progress) throws IOException {
    assertEquals(progress, read(new ConnectHead(), text));
  }

  @ParameterizedTest
  @CsvSource({"8191, PART", "8192, BROKEN"})
  void aHeadHasALimit(int size, ConnectHead.Progress progress) throws IOException {
    assertEquals(progress, read(new ConnectHead(), "x".repeat(size)));
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECT a:1 HTTP/1.1|T: 7||, true, 7",
    "connect A:1 http/1.1|A: b|t:7 ||, true, 7",
    "CONNECT a:2 HTTP/1.1||, false, ''",
    "GET a:1 HTTP/1.1|T2: 7||, false, ''"
  })
  void itSaysWhereToAndWithWhichTicket(String text, boolean asks, String ticket)
      throws IOException {
    ConnectHead head = new ConnectHead();
    read(head, text);
    assertEquals(asks, head.asksFor("a:1"));
    assertEquals(ticket, head.field("T"));
  }
}
