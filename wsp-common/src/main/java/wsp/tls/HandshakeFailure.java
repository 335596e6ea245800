package wsp.tls;

import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Says in words why a TLS handshake that this side began has failed. The JDK tells an alert of the
 * other end (RFC 8446 §6) in its message alone, hence the look at that. Stateless.
 */
public final class HandshakeFailure {
  private static final int DEPTH = 10;
  private static final String ALERT = "Received fatal alert: ";

  /** By the alert's name. */
  private static final Map<String, String> ALERTS =
      Map.of(
          "certificate_required", "it wants a certificate of this side, which has none to show",
          "bad_certificate", "it does not accept the certificate of this side, or wants one",
          "certificate_unknown", "it does not accept the certificate of this side",
          "unknown_ca", "it does not know the authority of this side's certificate",
          "certificate_expired", "it finds the certificate of this side expired",
          "unrecognized_name", "it has no certificate for this name",
          "protocol_version", "it speaks neither TLS 1.2 nor TLS 1.3",
          "handshake_failure",
              "it found no way to encrypt that both sides have, or wants a certificate of this"
                  + " side",
          "internal_error", "it has failed itself");

  private HandshakeFailure() {}

  /** The certificate of the other end is not trusted; null where that is not the reason. */
  public static @Nullable UntrustedException untrusted(@Nullable Throwable cause) {
    for (int depth = 0; cause != null && depth < DEPTH; depth++, cause = cause.getCause()) {
      if (cause instanceof UntrustedException untrusted) return untrusted;
    }
    return null;
  }

  /**
   * True if the other end has refused by an alert, as it does behind the handshake of TLS 1.3 where
   * it does not like the certificate of this side, or misses one.
   */
  public static boolean isAlert(@Nullable Throwable cause) {
    return cause instanceof SSLException && String.valueOf(cause.getMessage()).contains(ALERT);
  }

  /** One clause, about the other end as "it". */
  public static String words(SSLException cause) {
    String message = String.valueOf(cause.getMessage());
    int at = message.indexOf(ALERT);
    if (at >= 0) {
      String alert = message.substring(at + ALERT.length()).replaceFirst("[^a-z_0-9].*", "");
      return "the other end refused with the alert " + alert + meaning(alert);
    }
    // "Unrecognized SSL message, plaintext connection?" of one engine, and another's like it.
    if (message.contains("nrecognized SSL message"))
      return "what answers there is not TLS; perhaps it is plain HTTP";
    if (message.contains("terminated the handshake") || message.contains("closed inbound"))
      return "the other end closed the connection in the middle of the handshake";
    return message;
  }

  private static String meaning(String alert) {
    String meaning = ALERTS.get(alert);
    return meaning == null ? "" : ": " + meaning;
  }
}
