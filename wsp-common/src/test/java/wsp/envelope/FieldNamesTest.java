package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {
  private static final FieldNames NAMES = FieldNames.of("Host", "te", "X-Proxy-Client", "Date");

  @ParameterizedTest
  @ValueSource(
      strings = {"Host", "host", "HOST", "hOsT", "TE", "te", "x-proxy-client", "date", "DATE"})
  void theyCompareWithoutCase(String name) {
    assertTrue(NAMES.test(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t",
        "tee",
        "hos",
        "host ",
        " host",
        "hose",
        "xx-proxy-client",
        "xaproxy-client",
        "x-proxy-clients",
        "ho\u017Ft",
        "x-proxy-cl\u0131ent",
        "\uff34\uff25",
        "a-name-that-is-longer-than-all"
      })
  void allOthersAreNone(String name) {
    assertFalse(NAMES.test(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x_proxy_client",
        "X-PROXY_CLIENT",
        "X.Proxy.Client",
        "x~proxy!client",
        "X'Proxy|client"
      })
  void anOriginMayTakeOneMarkForAnother(String name) {
    assertTrue(NAMES.test(name));
    assertTrue(FieldNames.of(name).test("X-Proxy-Client"));
    assertTrue(FieldNames.areAlike(name, "X-Proxy-Client"));
    assertEquals(FieldNames.mark("X-Proxy-Client"), FieldNames.mark(name));
  }

  @Test
  void listsCanBeJoined() {
    FieldNames joined = NAMES.and(FieldNames.of("Via", "A-Longer-Name-Than-All"));
    for (String name : new String[] {"via", "a_longer_name_than_all", "HOST", "te", "date"})
      assertTrue(joined.test(name), name);
    assertFalse(joined.test("vib"));
    assertFalse(NAMES.test("via"));
  }

  @Test
  void theLanguageOfTheMachineDoesNotMatter() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertTrue(FieldNames.of("VIA").test("via"));
      assertTrue(FieldNames.of("via").test("VIA"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void withoutNamesThereIsNone() {
    assertFalse(FieldNames.of().test(""));
    assertFalse(FieldNames.of().test("Host"));
  }

  @Test
  void fieldsAreTakenOutByThem() {
    Headers h = Headers.of("HOST", "a", "A", "1", "host", "b", "Te", "c", "B", "2");
    assertEquals(Headers.of("A", "1", "B", "2"), h.without(NAMES));
  }

  @Test
  void namesThatAreAlikeHaveAMarkInCommon() {
    String letters = "abkizKI-_'`.\u212a\u0131\u017f";
    Random random = new Random(7);
    int equal = 0;
    for (int i = 0; i < 300_000; i++) {
      String one = name(random, letters);
      String other = name(random, letters);
      if (!FieldNames.areAlike(one, other)) continue;
      equal++;
      assertTrue((FieldNames.mark(one) & FieldNames.mark(other)) != 0, one + " and " + other);
    }
    assertTrue(equal > 1000, equal + " were equal");
  }

  private static String name(Random random, String letters) {
    StringBuilder name = new StringBuilder();
    for (int n = random.nextInt(4); n > 0; n--)
      name.append(letters.charAt(random.nextInt(letters.length())));
    return name.toString();
  }

  @Test
  void differentNamesMostlyHaveDifferentMarks() {
    long usual =
        FieldNames.of("Host", "Accept", "User-Agent", "Cookie", "X-PROXY-DESTINATION").marks();
    String[] absent = {"Expect", "Transfer-Encoding", "Connection", "traceparent", "X-Request-Id"};
    int hit = 0;
    for (String name : absent) if ((FieldNames.mark(name) & usual) != 0) hit++;
    assertTrue(hit <= 1, hit + " of " + absent.length);
  }
}
