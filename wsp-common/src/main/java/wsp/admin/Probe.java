package wsp.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers 200 {@code ok}, or 503 with what is wrong. */
public final class Probe implements HttpHandler {
  private final Supplier<@Nullable String> complaint;

  /**
   * For that question.
   *
   * @param complaint what is wrong, in a line; null if nothing is
   */
  public Probe(Supplier<@Nullable String> complaint) {
    this.complaint = complaint;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String wrong = complaint.get();
    if (wrong == null) Answers.text(exchange, 200, "ok");
    else Answers.text(exchange, 503, wrong);
  }
}
