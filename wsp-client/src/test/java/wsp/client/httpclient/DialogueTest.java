package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.origin.Failure;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.ReplayException;
import wsp.testing.Reachable;

class DialogueTest {
  static {
    TestJvm.set();
  }

  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String CHUNKS = OK + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String POISON = "!\r\n";

  private final Dialogue plain = dialogue(false);
  private final Dialogue secure = dialogue(true);

  /** One without TLS. */
  static Dialogue plain() {
    return dialogue(false);
  }

  private static Dialogue dialogue(boolean secure) {
    HeadMemory heads = new HeadMemory(1 << 20, Duration.ofSeconds(60));
    return new Dialogue(secure, 1024, heads, (word, why) -> {});
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** In pieces of so many bytes, into as little room as there may be. */
  private static String receive(Dialogue dialogue, String text, int size) throws Exception {
    StringBuilder all = new StringBuilder();
    for (int from = 0; from < text.length(); from += size) {
      ByteBuffer in = bytes(text.substring(from, Math.min(text.length(), from + size)));
      boolean whole = false;
      while (!whole) {
        ByteBuffer out = ByteBuffer.allocate(Dialogue.LEAST_ROOM);
        whole = dialogue.received(in, out);
        all.append(StandardCharsets.ISO_8859_1.decode(out.flip()));
      }
    }
    return all.toString();
  }

  private static String receive(Dialogue dialogue, String text) throws Exception {
    return receive(dialogue, text, text.length());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 1000})
  void anAnswerIsTheSameHoweverItsBytesCome(int size) throws Exception {
    String body = "x".repeat(150);
    for (int i = 0; i < 2; i++) {
      plain.sent(bytes(GET));
      assertEquals(
          OK + "A: b\r\nContent-Length: 150\r\n\r\n" + body,
          receive(plain, OK + "Content-Length: 150\r\nA: b\r\n\r\n" + body, size));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"80000000", "ffffffff", "fffffffe", "100000005", "0000000080000000"})
  void theSizeOfAChunkIsWrittenHere(String size) throws Exception {
    plain.sent(bytes(GET));
    assertEquals(
        CHUNKS + "5\r\nhello\r\n6\r\n, all \r\n",
        receive(plain, CHUNKS + size + "\r\nhello") + receive(plain, ", all "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5\r\nhelloXX5\r\n", "\r\n", "5 5\r\nhello", "5;\n", "-1\r\n", "g\r\n"})
  void aChunkThatIsNoneEndsAll(String chunk) throws Exception {
    plain.sent(bytes(GET));
    String got = receive(plain, CHUNKS + chunk);
    assertTrue(got.endsWith(POISON), got);
    assertEquals("", receive(plain, "0\r\n\r\n" + OK + "\r\n"));
  }

  @Test
  void whatNobodyHasAskedForIsNoAnswerToTheNextRequest() throws Exception {
    String none = OK + "Content-Length: 0\r\n\r\n";
    plain.sent(bytes(GET));
    assertEquals(none, receive(plain, none));
    assertEquals(POISON, receive(plain, none));
    assertEquals("", receive(plain, none));
    ReplayException e = assertThrows(ReplayException.class, () -> plain.sent(bytes(GET)));
    assertEquals(Failure.CLOSED_EARLY, e.failure());
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "GET, 200, Content-Length: 3, true",
        "HEAD, 200, Content-Length: 3, false",
        "HEAD, 200, Transfer-Encoding: chunked, false",
        "GET, 304, Content-Length: 3, false",
        "GET, 204, Content-Length: 3, false",
        "GET, 204, A: b, true",
        "GET, 200, Connection: close, false"
      })
  void aConnectionGoesOnOnlyIfTheAnswerHasSurelyEnded(
      String method, int status, String field, boolean goesOn) throws Exception {
    plain.sent(bytes(method + " / HTTP/1.1\r\nHost: a\r\n\r\n"));
    String head = "HTTP/1.1 " + status + " X\r\n" + field + "\r\n\r\n";
    assertEquals(!goesOn, receive(plain, head).contains("\r\nConnection: close\r\n"));
  }

  @Test
  void anAnswerThatMoreComesWithEndsTheConnection() throws Exception {
    plain.sent(bytes(GET));
    assertEquals(
        OK + "Content-Length: 2\r\nConnection: close\r\n\r\nab" + POISON,
        receive(plain, OK + "Content-Length: 2\r\n\r\nab" + OK));
  }

  @Test
  void anAnswerBeforeTheRequestHasEndedEndsTheConnection() throws Exception {
    plain.sent(bytes("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nGET "));
    assertEquals(
        OK + "Content-Length: 0\r\nConnection: close\r\n\r\n",
        receive(plain, OK + "Content-Length: 0\r\n\r\n"));
  }

  @Test
  void theBodyOfARequestIsNotTheNextOne() throws Exception {
    plain.sent(bytes("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nHEA"));
    plain.sent(bytes("D " + "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"));
    String head = receive(plain, OK + "Content-Length: 3\r\n\r\n");
    assertEquals(OK + "Content-Length: 3\r\nConnection: close\r\n\r\n", head);
  }

  @Test
  void anAnswerThatEndsWithTlsGetsAnEndThatCanBeToldFromACut() throws Exception {
    secure.sent(bytes(GET));
    assertEquals(
        OK + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\nall\r\n",
        receive(secure, OK + "\r\nall"));
    ByteBuffer end = ByteBuffer.allocate(10);
    assertTrue(secure.closed(end));
    assertEquals("0\r\n\r\n", StandardCharsets.ISO_8859_1.decode(end.flip()).toString());
    assertTrue(!secure.closed(end));
  }

  @Test
  void interimAnswersStayHereAndAreLimited() throws Exception {
    String interim = "HTTP/1.1 103 X\r\nLink: a\r\n\r\n";
    plain.sent(bytes(GET));
    assertEquals("", receive(plain, interim.repeat(100)));
    assertThrows(ReplayException.class, () -> receive(plain, interim));
  }

  @Test
  void aHeadWithoutEndIsRefused() throws Exception {
    plain.sent(bytes(GET));
    ReplayException e =
        assertThrows(ReplayException.class, () -> receive(plain, OK + "A: " + "b".repeat(2000)));
    assertEquals(Failure.LARGE_HEAD, e.failure());
  }

  @ParameterizedTest
  @CsvSource({"a, a, b, a", "a:1, a:2, b:3, a:1", "[::1]:1, [::1]:2, [::2]:3, [::1]:1"})
  void whereTheirMemoryIsShortTheHostGivesWayThatHasMost(
      String first, String second, String third, String gone) throws Exception {
    HeadMemory heads = new HeadMemory(64 << 10, Duration.ofSeconds(60));
    List<String> failed = new ArrayList<>();
    for (String host : List.of(first, second, third)) {
      Dialogue one = new Dialogue(false, 1 << 20, heads, (word, why) -> failed.add(host));
      one.sent(bytes(GET.replace("Host: a", "Host: " + host)));
      receive(one, OK + "A: " + "b".repeat(host.equals(third) ? 26_000 : 24_000));
    }
    assertEquals(List.of(gone), failed);
  }

  @ParameterizedTest
  @CsvSource({"HEAD, NO_ANSWER", "TRAILERS, CUT_BODY"})
  void whatIsNotWholeIsCountedAndHasALimit(String what, String failure) throws Exception {
    HeadMemory heads = new HeadMemory(1 << 20, Duration.ofSeconds(60));
    List<String> failed = new ArrayList<>();
    Dialogue dialogue =
        new Dialogue(false, 1 << 20, heads, (word, why) -> failed.add(word + why.failure()));
    dialogue.sends("w");
    dialogue.sent(bytes(GET));
    String begin = what.equals("HEAD") ? OK : CHUNKS + "1\r\na\r\n0\r\n";
    receive(dialogue, begin + "A: ");
    receive(dialogue, "b".repeat(10_000));
    assertTrue(heads.used() > 10_000, heads.used() + " bytes");
    heads.sweep(System.nanoTime() + Duration.ofSeconds(61).toNanos());
    assertEquals(List.of("w" + failure), failed);
    assertEquals(0, heads.used());
    assertThrows(ReplayException.class, () -> receive(dialogue, "b"));
  }

  @ParameterizedTest
  @CsvSource({"1000, false", "4000, false", "5000, true", "60000, true"})
  void behindALongHeadTheConnectionEnds(int length, boolean ends) throws Exception {
    HeadMemory heads = new HeadMemory(1 << 20, Duration.ofSeconds(60));
    Dialogue dialogue = new Dialogue(false, 1 << 20, heads, (word, why) -> {});
    dialogue.sent(bytes(GET));
    String head = OK + "Content-Length: 0\r\nA: " + "b".repeat(length) + "\r\n\r\n";
    assertEquals(ends, receive(dialogue, head).contains("Connection: close"));
  }

  @Test
  void whatIsWholeIsNotCountedAndNotKept() throws Exception {
    HeadMemory heads = new HeadMemory(1 << 20, Duration.ofSeconds(60));
    Dialogue dialogue = new Dialogue(false, 1 << 20, heads, (word, why) -> {});
    dialogue.sent(bytes(GET.replace("\r\n\r\n", "\r\nA: " + "b".repeat(10_000) + "\r\n\r\n")));
    receive(dialogue, CHUNKS.replace("\r\n\r\n", "\r\nA: " + "b".repeat(10_000)), 1000);
    assertTrue(heads.used() > 10_000);
    receive(dialogue, "\r\n\r\n1\r\na\r\n0\r\nA: " + "b".repeat(10_000) + "\r\n\r\n", 1000);
    assertEquals(0, heads.used());
    assertTrue(Reachable.bytes(dialogue) < 8192, Reachable.bytes(dialogue) + " bytes");
  }

  @Test
  void ofARequestWhoseAnswerRunsThereIsOnlyWhatItIsKnownBy() throws Exception {
    Dialogue dialogue = dialogue(true);
    dialogue.sent(bytes(GET.replace("\r\n\r\n", "\r\nA: " + "b".repeat(10_000) + "\r\n\r\n")));
    receive(dialogue, OK + "Content-Length: 5\r\n\r\nhell");
    assertTrue(Reachable.bytes(dialogue) < 8192, Reachable.bytes(dialogue) + " bytes");
  }
}
