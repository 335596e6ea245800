package wsp.envelope;

/**
 * The field {@code Upgrade} of answers (RFC 9110 §7.8): it belongs to a hop, but what two answers
 * say with it is for the caller, namely to which protocol a 101 switches, and which one a 426
 * wants. Stateless.
 */
public final class UpgradeField {
  public static final String NAME = "Upgrade";

  private UpgradeField() {}

  /** True for an answer whose field goes on. */
  public static boolean isOf(int status) {
    return status == 101 || status == 426;
  }

  /** The fields that go on of an answer that was received, with this one where it goes as well. */
  public static Headers with(Headers passed, int status, Headers received) {
    if (!isOf(status) || !received.has(NAME)) return passed;
    Headers.Builder all = new Headers.Builder();
    passed.forEach(all::add);
    for (String to : received.all(NAME)) all.add(NAME, to);
    return all.build();
  }
}
