package wsp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Map;
import java.util.Set;

/**
 * Words, digits and blanks of protocols are ASCII ({@code wsp.text.Ascii}). What the JDK has for
 * them goes by Unicode, and takes a Kelvin sign for a k: it is not called, nor referred to.
 */
@AnalyzeClasses(
    packages = "wsp",
    importOptions = {ImportOption.DoNotIncludeJars.class, ImportOption.DoNotIncludeTests.class})
class AsciiOnlyTest {
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

  /** Who may all the same, and why. */
  private static final Map<String, String> ALLOWED =
      Map.of(
          "wsp.destination.Readings",
          "an origin may fold a path by Unicode, and a denial has to see that",
          "wsp.rules.Search",
          "the same fold as that of the readings",
          "wsp.destination.Destination",
          "refuses every blank of Unicode around a URL",
          "wsp.log.Redaction",
          "masks rather more than less",
          "wsp.log.Terminal",
          "what stty of this machine prints",
          "wsp.config.Secrets",
          "line ends around a secret of the own environment or file",
          "wsp.config.HeapShare",
          "the number was matched as ASCII digits before",
          "wsp.config.Units",
          "the number was matched as ASCII digits before",
          "wsp.process.Descriptors",
          "the number was matched as ASCII digits before",
          "wsp.address.AddressRange",
          "the number was matched as ASCII digits before");

  @ArchTest
  static final ArchRule text_from_outside_is_compared_as_ascii =
      classes().should(new NotGoByUnicode());

  private static final class NotGoByUnicode extends ArchCondition<JavaClass> {
    NotGoByUnicode() {
      super("compare words, digits and blanks by wsp.text.Ascii");
    }

    @Override
    public void check(JavaClass from, ConditionEvents events) {
      if (ALLOWED.containsKey(outermost(from))) return;
      for (JavaAccess<?> access : from.getAccessesFromSelf()) {
        AccessTarget to = access.getTarget();
        Set<String> names = BY_UNICODE.getOrDefault(to.getOwner().getName(), Set.of());
        if (names.contains(to.getName()))
          events.add(SimpleConditionEvent.violated(from, access.getDescription()));
      }
    }
  }

  private static String outermost(JavaClass from) {
    String name = from.getName();
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }
}
