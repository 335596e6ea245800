package wsp.envelope;

import java.util.ArrayList;
import java.util.List;
import wsp.text.Ascii;

/**
 * Labels of a client, as they are offered with its registration: the handshake asks for the
 * subprotocol {@value #SUBPROTOCOL} (RFC 6455 §1.9), and a field {@value #FIELD} lists them (RFC
 * 9110 §5.6.1). A server that knows neither answers without a subprotocol, and the connection is
 * one of version 1.
 *
 * <p>The labels are not in the name of the subprotocol, because a server has to repeat that name:
 * so it stays one fixed word that can be compared, and labels need no escaping into what such a
 * name may have.
 */
public final class Labels {
  /** The subprotocol that a client asks for, and that a server answers if it takes the labels. */
  public static final String SUBPROTOCOL = "wsp.labels";

  /** The field that has them, separated by commas. */
  public static final String FIELD = "X-PROXY-LABELS";

  public static final int MAX = 16;
  public static final int MAX_LENGTH = 64;

  /** The form of a list of them, for errors. */
  public static final String EXPECTED =
      "at most " + MAX + " different words of 1 to " + MAX_LENGTH + " token characters (RFC 9110)";

  private Labels() {}

  /** True for a list that may be offered; each is a token (RFC 9110 §5.6.2). */
  public static boolean areLabels(List<String> labels) {
    return labels.size() <= MAX
        && labels.stream().distinct().count() == labels.size()
        && labels.stream().allMatch(l -> l.length() <= MAX_LENGTH && FieldSyntax.isToken(l));
  }

  /** Reads the field, which is to be a list of 1 to {@value #MAX} labels. */
  public static List<String> parse(String field) throws EnvelopeException {
    List<String> labels = new ArrayList<>();
    // One more than there may be is enough to know.
    for (String label : field.split(",", MAX + 2)) labels.add(Ascii.trim(label));
    if (!areLabels(labels)) throw new EnvelopeException(FIELD + ": " + EXPECTED + " are expected");
    return List.copyOf(labels);
  }

  public static String format(List<String> labels) {
    return String.join(", ", labels);
  }
}
