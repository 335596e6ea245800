package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.http1.RequestHead;

class AskingTest {
  private static final String HEAD = "CONNECT origin:443 HTTP/1.1\r\nHost: origin:443\r\n\r\n";

  private final Asking asking = new Asking();

  private static ReadableByteChannel sends(String text) {
    return Channels.newChannel(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void headMayComeInPieces() throws Exception {
    assertNull(asking.read(sends(HEAD.substring(0, 30))));
    RequestHead head = asking.read(sends(HEAD.substring(30)));
    assertNotNull(head);
    assertEquals("origin:443", head.target());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", HEAD + "x", "\0\0 \r\n\r\n"})
  void theseAreNoHeadAlone(String sent) {
    assertThrows(IOException.class, () -> asking.read(sends(sent)));
  }

  @Test
  void headIsOfEightKibibytesAtMost() throws Exception {
    assertNull(asking.read(sends("CONNECT o:443 HTTP/1.1\r\nA: " + "a".repeat(8000))));
    assertThrows(IOException.class, () -> asking.read(sends("a".repeat(200))));
  }
}
