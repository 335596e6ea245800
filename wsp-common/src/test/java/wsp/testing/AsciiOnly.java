package wsp.testing;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/**
 * Words, digits and blanks of protocols are ASCII ({@code wsp.text.Ascii}). What the JDK has for
 * them goes by Unicode, and takes a Kelvin sign for a k: it is not called, nor referred to.
 */
final class AsciiOnly extends ArchCondition<JavaClass> {
  private static final Map<String, Set<String>> BY_UNICODE =
      Map.of(
          "java.lang.String",
          Set.of(
              "equalsIgnoreCase",
              "compareToIgnoreCase",
              "CASE_INSENSITIVE_ORDER",
              "toLowerCase",
              "toUpperCase",
              "regionMatches",
              "strip",
              "stripLeading",
              "stripTrailing",
              "trim",
              "isBlank"),
          "java.lang.Character",
          Set.of(
              "isDigit",
              "isLetter",
              "isLetterOrDigit",
              "isAlphabetic",
              "isWhitespace",
              "isSpaceChar",
              "isUpperCase",
              "isLowerCase",
              "toUpperCase",
              "toLowerCase",
              "digit",
              "getNumericValue"),
          "java.lang.Integer",
          Set.of("parseInt", "parseUnsignedInt", "decode"),
          "java.lang.Long",
          Set.of("parseLong", "parseUnsignedLong", "decode"));

  /** Who may all the same, by the reason why. */
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "an origin may fold a path by Unicode, and a denial has to see that",
          Set.of("wsp.destination.Readings", "wsp.rules.Search"),
          "refuses every blank of Unicode around a URL",
          Set.of("wsp.destination.Destination"),
          "masks rather more than less",
          Set.of("wsp.log.Redaction"),
          "what stty of this machine prints",
          Set.of("wsp.log.Terminal"),
          "line ends in the own environment or file",
          Set.of(
              "wsp.config.Secrets", "wsp.server.keys.KeyLists", "wsp.client.targets.ProxySettings"),
          "the number was matched as ASCII digits before",
          Set.of(
              "wsp.config.HeapShare",
              "wsp.config.Units",
              "wsp.process.Descriptors",
              "wsp.address.AddressRange",
              "wsp.client.targets.NoProxy"));

  AsciiOnly() {
    super("compare words, digits and blanks by wsp.text.Ascii");
  }

  @Override
  public void check(JavaClass from, ConditionEvents events) {
    String outermost = from.getName().replaceFirst("\\$.*", "");
    if (ALLOWED.values().stream().anyMatch(names -> names.contains(outermost))) return;
    for (JavaAccess<?> access : from.getAccessesFromSelf()) {
      AccessTarget to = access.getTarget();
      Set<String> names = BY_UNICODE.getOrDefault(to.getOwner().getName(), Set.of());
      if (names.contains(to.getName()))
        events.add(SimpleConditionEvent.violated(from, access.getDescription()));
    }
  }
}
