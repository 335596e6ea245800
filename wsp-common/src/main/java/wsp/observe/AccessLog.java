package wsp.observe;

import java.io.IOException;
import java.util.Objects;
import wsp.config.ConfigException;
import wsp.envelope.Headers;
import wsp.log.FileTrouble;
import wsp.log.LineSink;
import wsp.log.LogFile;
import wsp.log.Logging;

/**
 * Writes one line for each exchange, at its end; {@code config/*.cfg} says what is in it. Safe for
 * all threads, and none of them waits for the reader of the lines.
 */
public final class AccessLog implements ExchangeObserver, AutoCloseable {
  private final AccessLine format;
  private final LineSink out;

  AccessLog(AccessLine format, LineSink out) {
    this.format = format;
    this.out = out;
  }

  /**
   * Opens the log that is configured.
   *
   * @param daemon as it calls itself in the lines
   * @param peerName what {@link ExchangeRecord#peer} is called in them
   * @throws ConfigException if its file cannot be written
   */
  public static AccessLog open(ObserveSettings.AccessLog settings, String daemon, String peerName)
      throws ConfigException {
    AccessLine format =
        switch (settings.format()) {
          case JSON -> new JsonAccessLine(daemon, peerName);
          case COMBINED -> new CombinedAccessLine(peerName);
        };
    return new AccessLog(format, sink(settings));
  }

  private static LineSink sink(ObserveSettings.AccessLog settings) throws ConfigException {
    if (settings.file() == null) return Logging.accessLines();
    try {
      return new LogFile(settings.file(), settings.maxBytes(), settings.keep());
    } catch (IOException e) {
      throw new ConfigException(
          "accesslog: file: a file to write to is expected, not %s: %s"
              .formatted(settings.file(), FileTrouble.words(e)));
    }
  }

  /**
   * Notes what only some lines show of a request.
   *
   * @param via where the connection that it came over leads, if the caller is not known; or empty
   * @param http11 false for a request in HTTP/1.0
   */
  public static void note(ExchangeRecord exchange, Headers fields, String via, boolean http11) {
    String referer = Objects.requireNonNullElse(fields.first("Referer"), "");
    String userAgent = Objects.requireNonNullElse(fields.first("User-Agent"), "");
    exchange.visitor(new Visitor(referer, userAgent, via, http11));
  }

  @Override
  public void ended(ExchangeRecord exchange) {
    StringBuilder line = new StringBuilder(512);
    format.append(line, exchange);
    out.line(line.toString());
  }

  @Override
  public void close() {
    out.close();
  }
}
