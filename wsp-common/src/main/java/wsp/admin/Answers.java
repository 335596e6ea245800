package wsp.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How to answer at the admin port. */
public final class Answers {
  private static final int NO_BODY = -1;

  /** The JDK's server copies all that is written at a time, twice, and keeps one of the copies. */
  private static final int PIECE = 16 << 10;

  private Answers() {}

  /** Answers with one line of plain text, given without its end. */
  public static void text(HttpExchange exchange, int status, String line) throws IOException {
    byte[] body = (line + "\n").getBytes(StandardCharsets.UTF_8);
    body(exchange, status, "text/plain; charset=utf-8", body);
  }

  /** Answers 200 {@code ok}, or 503 with what is wrong, in a line; null if nothing is. */
  public static HttpHandler probe(Supplier<@Nullable String> complaint) {
    return exchange -> {
      String wrong = complaint.get();
      text(exchange, wrong == null ? 200 : 503, wrong == null ? "ok" : wrong);
    };
  }

  /** Answers with a body, which a HEAD does not get, and ends the exchange. */
  public static void body(HttpExchange exchange, int status, String contentType, byte[] body)
      throws IOException {
    Headers fields = exchange.getResponseHeaders();
    fields.set("Content-Type", contentType);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) fields.set("Content-Length", String.valueOf(body.length));
    exchange.sendResponseHeaders(status, head || body.length == 0 ? NO_BODY : body.length);
    if (head || body.length == 0) {
      exchange.close();
      return;
    }
    try (OutputStream out = exchange.getResponseBody()) {
      for (int at = 0; at < body.length; at += PIECE)
        out.write(body, at, Math.min(PIECE, body.length - at));
    }
  }
}
