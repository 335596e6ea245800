package wsp.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import wsp.envelope.FieldText;
import wsp.testing.Seeds;
import wsp.testing.Split;

/**
 * What holds of everything that a caller may send: it is read alike wherever the network cuts it,
 * and what is accepted can be read in one way only. Here for the seeds; under the profile {@code
 * fuzz} a fuzzer looks for more. The first byte of the input says how the rest is cut.
 */
public class RequestFuzzTest {
  private static final int MAX_HEAD = 2048;
  private static final int MAX_FIELDS = 20;

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String TEXT = "[\\t -~\\x80-\\xff]*";
  private static final String FIELD = "(" + TOKEN + "):(" + TEXT + ")\\r\\n";

  /** By the grammar of RFC 9112 alone; octets stand for themselves. */
  private static final Pattern HEAD =
      Pattern.compile(
          "(?:\\r\\n)*" + TOKEN + " [!-~]+ HTTP/1\\.[0-9]\\r\\n((?:" + FIELD + ")*)\\r\\n");

  private static final Pattern FIELDS = Pattern.compile(FIELD);

  /** A size has any number of zeros before it. */
  private static final Pattern CHUNK =
      Pattern.compile("(0*[0-9A-Fa-f]{1,15})(?:;" + TEXT + ")?\\r\\n");

  private static final Pattern TRAILER = Pattern.compile("(?:" + FIELD + ")*\\r\\n");

  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  void holdsOfTheSeed(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) return;
    byte[] sent = Arrays.copyOfRange(input, 1, input.length);
    Random cuts = new Random(input[0]);
    Reading whole = Reading.of(List.of(ByteBuffer.wrap(sent.clone())));
    assertEquals(whole.toString(), Reading.of(Split.single(sent)).toString());
    assertEquals(
        whole.toString(), Reading.of(Split.randomly(sent, cuts, 1 + cuts.nextInt(64))).toString());
    String octets = new String(sent, StandardCharsets.ISO_8859_1);
    for (Message message : whole.messages) check(message, octets);
  }

  /** One request, and where its head ends and, unless it was cut short, its body. */
  private static final class Message {
    final int start;
    final int headEnd;
    final RequestHead head;
    final StringBuilder body = new StringBuilder();
    int end = -1;

    Message(int start, int headEnd, RequestHead head) {
      this.start = start;
      this.headEnd = headEnd;
      this.head = head;
    }
  }

  /** A connection's bytes, decoded as far as they go. */
  private static final class Reading {
    final List<Message> messages = new ArrayList<>();
    private final HeadReader<RequestHead> heads = HeadReader.ofRequests(MAX_HEAD, MAX_FIELDS);
    private @Nullable BodyReader body;
    private int before;
    private String outcome = "more is expected";

    static Reading of(List<ByteBuffer> parts) {
      Reading reading = new Reading();
      try {
        for (ByteBuffer in : parts) {
          reading.read(in);
          reading.before += in.limit();
        }
      } catch (MessageException e) {
        assertTrue(e.status() >= 400 && e.status() <= 505, "status " + e.status());
        assertTrue(e.getMessage().matches("[ -~]+"), e.getMessage());
        reading.outcome = e.status() + " " + e.getMessage();
      }
      return reading;
    }

    private void read(ByteBuffer in) throws MessageException {
      while (in.hasRemaining()) {
        if (body == null) head(in);
        else body(in, body);
      }
    }

    private void head(ByteBuffer in) throws MessageException {
      RequestHead head = heads.read(in);
      if (head == null) return;
      int start = messages.isEmpty() ? 0 : last().end;
      messages.add(new Message(start, before + in.position(), head));
      body = BodyReader.ofRequest(head.contentLength());
      endBody(in, body);
    }

    private void body(ByteBuffer in, BodyReader decoder) throws MessageException {
      ByteBuffer part = decoder.read(in);
      if (part != null) last().body.append(StandardCharsets.ISO_8859_1.decode(part));
      endBody(in, decoder);
    }

    private void endBody(ByteBuffer in, BodyReader decoder) {
      if (!decoder.ended()) return;
      last().end = before + in.position();
      body = null;
    }

    private Message last() {
      return messages.get(messages.size() - 1);
    }

    @Override
    public String toString() {
      StringBuilder out = new StringBuilder();
      for (Message m : messages) {
        out.append(m.start).append(' ').append(m.headEnd).append(' ').append(m.end).append('\n');
        out.append(written(m.head)).append(m.head.path()).append('\n').append(m.body).append('\n');
      }
      return out.append(heads.begun()).append(' ').append(outcome).toString();
    }
  }

  private static void check(Message m, String octets) {
    String head = octets.substring(m.start, m.headEnd);
    Matcher grammar = HEAD.matcher(head);
    assertTrue(grammar.matches(), () -> "no head: " + head);
    assertTrue(head.length() <= MAX_HEAD + 8, "a head of " + head.length());
    fieldsAreThoseThatWereSent(m.head, grammar.group(1));
    thereIsOneFraming(m.head);
    assertEquals(written(m.head), written(readAgain(m.head)));
    if (m.end < 0) return;
    String raw = octets.substring(m.headEnd, m.end);
    assertEquals(m.head.contentLength() < 0 ? dechunked(raw) : raw, m.body.toString());
    if (m.head.contentLength() >= 0) assertEquals(m.head.contentLength(), raw.length());
  }

  private static void fieldsAreThoseThatWereSent(RequestHead head, String lines) {
    StringBuilder sent = new StringBuilder();
    for (Matcher field = FIELDS.matcher(lines); field.find(); )
      sent.append(field.group(1)).append(": ").append(stripped(field.group(2))).append("\r\n");
    assertEquals(sent.toString(), octets(fields(head)));
  }

  private static String stripped(String value) {
    return value.replaceAll("^[ \\t]+", "").replaceAll("[ \\t]+$", "");
  }

  private static void thereIsOneFraming(RequestHead head) {
    List<String> lengths = head.headers().all("Content-Length");
    List<String> codings = head.headers().all("Transfer-Encoding");
    assertTrue(lengths.size() + codings.size() <= 1, "two framings");
    if (!codings.isEmpty()) {
      assertEquals("chunked", codings.get(0).toLowerCase(java.util.Locale.ROOT));
      assertEquals(-1, head.contentLength());
      assertTrue(head.http11(), "chunks in HTTP/1.0");
    } else {
      String length = lengths.isEmpty() ? "0" : lengths.get(0);
      assertTrue(length.matches("[0-9]+"), length);
      assertEquals(Long.parseLong(length), head.contentLength());
    }
    int hosts = head.headers().all("Host").size();
    assertTrue(hosts == 1 || (hosts == 0 && !head.http11()), hosts + " hosts");
  }

  private static RequestHead readAgain(RequestHead head) {
    try {
      byte[] again = FieldText.bytes(written(head));
      RequestHead read =
          HeadReader.ofRequests(2 * MAX_HEAD, MAX_FIELDS).read(ByteBuffer.wrap(again));
      assertNotNull(read, () -> "not whole: " + written(head));
      return read;
    } catch (MessageException e) {
      throw new AssertionError(written(head), e);
    }
  }

  private static String written(RequestHead head) {
    String version = head.http11() ? " HTTP/1.1\r\n" : " HTTP/1.0\r\n";
    return head.method() + " " + head.target() + version + fields(head) + "\r\n";
  }

  private static String fields(RequestHead head) {
    StringBuilder lines = new StringBuilder();
    head.headers().forEach((n, v) -> lines.append(n).append(": ").append(v).append("\r\n"));
    return lines.toString();
  }

  private static String octets(String text) {
    return new String(FieldText.bytes(text), StandardCharsets.ISO_8859_1);
  }

  /** What the chunks hold, read in the plainest way there is. */
  private static String dechunked(String raw) {
    StringBuilder content = new StringBuilder();
    int at = 0;
    while (true) {
      Matcher chunk = CHUNK.matcher(raw).region(at, raw.length());
      assertTrue(chunk.lookingAt(), () -> "no chunk in " + raw);
      int size = Integer.parseInt(chunk.group(1), 16);
      at = chunk.end();
      if (size == 0) break;
      content.append(raw, at, at + size);
      assertTrue(raw.startsWith("\r\n", at + size), () -> "no end of a chunk in " + raw);
      at += size + 2;
    }
    String trailer = raw.substring(at);
    assertTrue(TRAILER.matcher(trailer).matches(), () -> "no trailer: " + trailer);
    return content.toString();
  }
}
