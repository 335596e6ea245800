package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
  @Test
  void namesCompareWithoutCaseAndValuesStayInOrder() {
    Headers h = Headers.of("Set-Cookie", "a", "X", "1", "set-cookie", "", "SET-COOKIE", "b");
    assertEquals(List.of("a", "", "b"), h.all("Set-cookie"));
    assertEquals("a", h.first("SET-cookie"));
    assertNull(h.first("Y"));
    assertEquals(List.of(), h.all("Y"));
    assertEquals(4, h.size());
  }

  @Test
  void anEmptyFieldIsThere() {
    assertTrue(Headers.of("X", "").has("x"));
    assertFalse(Headers.EMPTY.has("x"));
  }

  @Test
  void aNameWithoutAValueIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Headers.of("X"));
  }

  @Test
  void theElementsOfAllListsAreTrimmed() {
    Headers h = Headers.of("X", "a , b", "Y", "c", "x", ",\td");
    assertEquals(List.of("a", "b", "d"), h.elements("X"));
    assertEquals(List.of(), h.elements("Z"));
  }

  @Test
  void othersComeBehind() {
    Headers h = Headers.of("X", "1", "Y", "2");
    assertEquals(Headers.of("X", "1", "Y", "2", "x", "3"), h.and(Headers.of("x", "3")));
    assertEquals("3", h.and(Headers.of("Z", "3")).first("z"));
    assertSame(h, h.and(Headers.EMPTY));
    assertSame(h, Headers.EMPTY.and(h));
  }

  @Test
  void theFieldsAreACopy() {
    String[] fields = {"X", "1"};
    Headers h = Headers.of(fields);
    fields[1] = "2";
    assertEquals("1", h.first("X"));
  }

  @Test
  void groupsAreInTheOrderOfFirstAppearance() {
    Headers h = Headers.of("b", "1", "a", "2", "B", "3");
    assertEquals("{B=[1, 3], A=[2]}", h.byCanonicalName().toString());
  }

  @Test
  void everyFieldIsVisitedInWireOrder() {
    List<String> seen = new ArrayList<>();
    Headers.of("b", "1", "a", "2", "B", "3").forEach((n, v) -> seen.add(n + v));
    assertEquals(List.of("b1", "a2", "B3"), seen);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection",
        "keep-alive",
        "Proxy-Authenticate",
        "Proxy-Authentication-Info",
        "PROXY-AUTHORIZATION",
        "Proxy-Connection",
        "TE",
        "Trailer",
        "Transfer-Encoding",
        "Upgrade"
      })
  void fieldsOfOneHopStayBehind(String name) {
    assertEquals(Headers.of("A", "1"), Headers.of(name, "x", "A", "1").endToEnd());
  }

  @Test
  void fieldsNamedByConnectionStayBehind() {
    Headers h =
        Headers.of(
            "Connection",
            "close, X-One",
            "x-one",
            "1",
            "X-TWO",
            "2",
            "connection",
            " ,x-two,",
            "X-Three",
            "3");
    assertEquals(Headers.of("X-Three", "3"), h.endToEnd());
  }

  @Test
  void whatFramesOrLimitsARequestGoesOnThoughConnectionNamesIt() {
    Headers kept = Headers.of("Content-Length", "1", "Host", "h", "Max-Forwards", "3");
    Headers.Builder all = new Headers.Builder();
    all.add("Connection", "content-length, Host, max-forwards, X-One").add("X-One", "1");
    kept.forEach(all::add);
    assertEquals(kept, all.build().endToEnd());
  }

  @Test
  void fieldsNamedByConnectionStayBehindHoweverTheyAreSpelled() {
    Headers h =
        Headers.of("Connection", "X_One, x-two", "X-One", "1", "X.Two", "2", "X-Three", "3");
    assertEquals(Headers.of("X-Three", "3"), h.endToEnd());
  }

  @Test
  void connectionNamesFieldsInAscii() {
    Headers h = Headers.of("Connection", "X-\u212Aey, \u0085X-Two, \u00a0X-Three", "X-Key", "1");
    assertEquals(Headers.of("X-Key", "1"), h.endToEnd());
    assertEquals(
        Headers.of("X-Two", "1"), Headers.of("Connection", "\u0085X-Two", "X-Two", "1").endToEnd());
    assertFalse(Headers.of("Connection", "clo\u017Fe").connectionHas("close"));
    assertFalse(Headers.of("Connection", "\u00a0close, x").connectionHas("close"));
  }

  @Test
  void likeOnesAreThoseThatAnOriginMayTakeForAField() {
    Headers h = Headers.of("X-A", "1", "X_A", "2", "x.a", "3", "x-a", "4", "X-B", "5");
    assertEquals(List.of("1", "4"), h.all("X-A"));
    assertEquals(List.of("2", "3"), h.likeOnes("X-A"));
    assertEquals(List.of(), h.likeOnes("X-B"));
    assertEquals(List.of("5"), h.likeOnes("X_B"));
    assertEquals(Headers.of("X-A", "1", "x-a", "4", "X-B", "5"), h.spelledOnly("X-A"));
    assertSame(h, h.spelledOnly("X-B"));
    assertEquals(Headers.of("X-B", "5", "X-A", "6"), h.with("X-A", "6"));
    assertEquals(Headers.of("X-A", "1"), Headers.of("X_A", "1").with("X-A", "1"));
  }

  @Test
  void connectionCannotTakeTheFramingAway() {
    Headers other = Headers.of("Connection", "content_length", "Content-Length", "3");
    assertEquals(Headers.of("Content-Length", "3"), other.endToEnd());
    Headers h =
        Headers.of("Connection", "Content-Length, Host", "Content-Length", "3", "Host", "a");
    assertEquals(Headers.of("Content-Length", "3", "Host", "a"), h.endToEnd());
  }

  @Test
  void optionsOfConnectionCompareWithoutCase() {
    assertTrue(Headers.of("Connection", "Keep-Alive, CLOSE").connectionHas("close"));
    assertFalse(Headers.of("Connection", "closed").connectionHas("close"));
  }

  @Test
  void withNothingToRemoveTheyStayTheSame() {
    Headers h = Headers.of("A", "1");
    assertSame(h, h.endToEnd());
    assertSame(h, h.without("B"::equals));
    assertEquals(Headers.EMPTY, h.without("A"::equals));
  }

  @Test
  void aBuilderGrowsAndCanBeUsedOn() {
    Headers.Builder b = new Headers.Builder();
    for (int i = 0; i < 100; i++) b.add("N" + i, "V" + i);
    Headers first = b.build();
    b.add("last", "");
    assertEquals(100, first.size());
    assertEquals("V99", first.first("n99"));
    assertEquals(101, b.size());
    assertSame(Headers.EMPTY, new Headers.Builder().build());
  }

  @Test
  void equalityIsThatOfTheWire() {
    assertEquals(Headers.of("A", "1"), Headers.of("A", "1"));
    assertEquals(Headers.of("A", "1").hashCode(), Headers.of("A", "1").hashCode());
    assertNotEquals(Headers.of("A", "1", "B", "2"), Headers.of("B", "2", "A", "1"));
  }

  @Test
  void aPrintShowsNoValues() {
    assertEquals("Headers[Authorization]", Headers.of("authorization", "secret").toString());
  }

  /** All in one line: each name with its values, as they are visited. */
  private static String byName(Headers h) {
    StringBuilder all = new StringBuilder();
    h.forEachName((name, values) -> all.append(name).append(values));
    return all.toString();
  }

  @Test
  void eachNameIsVisitedOnceWhereItFirstAppears() {
    assertEquals("", byName(Headers.EMPTY));
    assertEquals(
        "B-C[1, 3, 5]A[2]X[]",
        byName(Headers.of("b-c", "1", "a", "2", "B-C", "3", "X", "", "b-C", "5")));
  }

  /** Many are grouped in another way than few. */
  @ParameterizedTest
  @ValueSource(ints = {49, 50, 51, 200})
  void howManyFieldsThereAreDoesNotMatter(int count) {
    Headers.Builder b = new Headers.Builder();
    for (int i = 0; i < count; i++) b.add((i % 2 == 0 ? "n" : "N") + i % 7, "v" + i);
    Headers h = b.build();
    StringBuilder expected = new StringBuilder();
    h.byCanonicalName().forEach((n, v) -> expected.append(n).append(v));
    assertEquals(expected.toString(), byName(h));
    assertTrue(byName(h).startsWith("N0[v0, v7, v14, "), byName(h));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-one",
        " X-ONE ",
        "\tx-one\t",
        ",x-one",
        "x-one,",
        ", ,,X-One ,",
        "keep-alive, x-one",
        "keep-alive,x-one,close",
        "Content-Length, x-one, Host",
        " keep-alive ,\tx-one",
      })
  void aFieldCannotHideBehindTheSpellingOfConnection(String connection) {
    Headers h = Headers.of("Host", "a", "X-One", "1", "Connection", connection, "X-Two", "2");
    assertEquals(Headers.of("Host", "a", "X-Two", "2"), h.endToEnd());
  }

  @Test
  void aFieldCannotHideInASecondConnection() {
    Headers h =
        Headers.of("Connection", "keep-alive", "X-One", "1", "CONNECTION", "x-one", "X-Two", "2");
    assertEquals(Headers.of("X-Two", "2"), h.endToEnd());
    Headers reversed =
        Headers.of("connection", "x-one", "X-One", "1", "Connection", "keep-alive", "X-Two", "2");
    assertEquals(Headers.of("X-Two", "2"), reversed.endToEnd());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"close", "CLOSE", " close\t", "close,", ",close", "x, Close ,y", ",,close"})
  void anOptionIsFoundHoweverItIsWritten(String connection) {
    assertTrue(Headers.of("Connection", connection).connectionHas("close"));
    assertTrue(
        Headers.of("Connection", "keep-alive", "connection", connection).connectionHas("close"));
    assertFalse(Headers.of("X-Connection", connection).connectionHas("close"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "closed", "clos", "close;q=1", "clo se", "\"close\""})
  void whatIsAnotherOptionIsNotTakenForIt(String connection) {
    assertFalse(Headers.of("Connection", connection).connectionHas("close"));
    assertFalse(Headers.of("Connection", connection, "Connection", "x").connectionHas("close"));
  }

  @Test
  void aValueTakesThePlaceOfAllOthers() {
    Headers h = Headers.of("A", "1", "b", "2", "a", "3");
    assertEquals(Headers.of("b", "2", "A", "1"), h.with("A", "1"));
    assertEquals(Headers.of("A", "1", "a", "3", "B", "4"), h.with("B", "4"));
    assertEquals(Headers.of("A", "1", "b", "2", "a", "3", "C", ""), h.with("C", ""));
    assertEquals(Headers.of("A", "1"), Headers.EMPTY.with("A", "1"));
    assertEquals(Headers.of("a", "2"), Headers.of("A", "1").with("a", "2"));
    Headers once = Headers.of("A", "1", "b", "2");
    assertSame(once, once.with("a", "1"));
  }

  @Test
  void whatIsTakenOutLeavesTheRestInOrder() {
    Headers h = Headers.of("x", "1", "A", "2", "x", "3", "B", "4", "C", "5", "x", "6");
    assertEquals(Headers.of("A", "2", "B", "4", "C", "5"), h.without("x"::equals));
    assertEquals(Headers.of("x", "1", "x", "3", "x", "6"), h.without(n -> !n.equals("x")));
    assertSame(Headers.EMPTY, h.without(n -> true));
    assertEquals(6, h.size());
  }
}
