package wsp.tls;

import java.security.Security;
import java.util.Arrays;

/**
 * Keeps Diffie-Hellman over finite fields out of TLS: a stranger's hello, always the same 1,200
 * bytes, costs a server two exponentiations of up to 8,192 bits, 60 to 80 ms of an I/O thread each
 * (CVE-2002-20001, CVE-2022-40735). What speaks TLS 1.2 has the elliptic curves nearly always, and
 * Go has nothing else. Stateless.
 */
final class FiniteFields {
  private static final String DISABLED = "jdk.tls.disabledAlgorithms";

  /** RFC 7919. */
  private static final String GROUPS = "ffdhe2048, ffdhe3072, ffdhe4096, ffdhe6144, ffdhe8192";

  /** With what an operator has chosen here, theirs is the choice. */
  private static final String CHOSEN = "jdk.tls.namedGroups";

  private FiniteFields() {}

  /** For all of the process; the JDK asks once, before its first handshake. */
  static void disable() {
    if (System.getProperty(CHOSEN) != null) return;
    String others = Security.getProperty(DISABLED);
    boolean none = others == null || others.isEmpty();
    Security.setProperty(DISABLED, none ? GROUPS : others + ", " + GROUPS);
  }

  /** Of those of TLS 1.2, which may come without a group of a name, the others. */
  static String[] without(String[] cipherSuites) {
    return Arrays.stream(cipherSuites)
        .filter(suite -> !suite.startsWith("TLS_DHE_"))
        .toArray(String[]::new);
  }
}
