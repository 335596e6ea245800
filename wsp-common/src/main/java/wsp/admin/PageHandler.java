package wsp.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import wsp.text.Digest;

/**
 * The live page: one file with everything in it. Its policy (CSP level 3) allows that one script
 * and that one style, by their hashes, and nothing else; what callers have sent can be text there
 * and no more.
 */
final class PageHandler implements HttpHandler {
  private static final String FILE = "live.html";

  private final byte[] page;
  private final String policy;

  PageHandler() {
    String text = load();
    page = text.getBytes(StandardCharsets.UTF_8);
    policy =
        "default-src 'none'; connect-src 'self'; img-src data:; script-src "
            + hashOf(text, "script")
            + "; style-src "
            + hashOf(text, "style")
            + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
            + "; require-trusted-types-for 'script'; trusted-types 'none'";
  }

  private static String load() {
    try (InputStream in = PageHandler.class.getResourceAsStream(FILE)) {
      if (in == null) throw new IllegalStateException(FILE + " is not in the jar");
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  /** Of what is between the element's tags, byte by byte. */
  private static String hashOf(String page, String element) {
    String begin = "<" + element + ">";
    int start = page.indexOf(begin) + begin.length();
    String content = page.substring(start, page.indexOf("</" + element + ">", start));
    byte[] hash = Digest.sha256(content.getBytes(StandardCharsets.UTF_8));
    return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Security-Policy", policy);
    Answers.body(exchange, 200, "text/html; charset=utf-8", page);
  }
}
