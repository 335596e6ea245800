package wsp.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * The system's resolver, and the only place that asks it. May block for long, so it is called on
 * threads that nothing else waits for. {@link NameCache} says for how long the JVM remembers.
 */
public final class SystemNames {
  /** What EAI_AGAIN and EAI_FAIL are called by glibc and by musl. */
  private static final List<String> PASSING =
      List.of("Temporary failure", "Try again", "Non-recoverable");

  private SystemNames() {}

  /**
   * All addresses of a name, or the one that a literal stands for. A name with a trailing dot that
   * is not known is asked for without: lists of hosts in files are written so.
   */
  public static InetAddress[] all(String host) throws UnknownHostException {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      if (!host.endsWith(".")) throw e;
      return InetAddress.getAllByName(host.substring(0, host.length() - 1));
    }
  }

  /**
   * True if a look-up has failed because no name server answered, so that the name may well have
   * addresses: asking again later may help. The system's words tell; in another language than
   * English, and for names that never have any (RFC 6761 §6.4), it is false.
   */
  public static boolean isUnanswered(UnknownHostException failure) {
    String text = String.valueOf(failure.getMessage());
    return !text.contains(".invalid") && PASSING.stream().anyMatch(text::contains);
  }

  public static InetAddress first(String host) throws UnknownHostException {
    return all(host)[0];
  }
}
