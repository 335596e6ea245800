package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.testing.Distinct;

/** What few origins make of a URL: a denial looks at it, permission only where it leads up. */
class RareReadingsTest {
  private static List<String> judged(String target) throws Exception {
    return Destination.parse("http://o" + target).judgedForms();
  }

  private static List<String> denied(String target) throws Exception {
    return Distinct.of(Destination.parse("http://o" + target).deniedForms());
  }

  @ParameterizedTest
  @CsvSource({
    "/a+b,/a b",
    "/a+b/c+d,/a b/c d",
    "/a%2bb,/a b",
    "/a%252bb,/a b",
    "/a+b%20c,/a b c",
    "/a%2fb+c,/a/b c",
    "/secret+,/secret",
    "/secret+%09,/secret",
    "/secret+/x,/secret/x",
    "/+secret,/secret",
    "/++secret++/x,/secret/x",
    "/+/secret,/secret",
    "/+/x/secret,/secret",
    "/SECRET+,/secret",
    "/a;x+/b+c,/a/b c",
    "/http://x/a+b,/a b",
    "/a?b=c%2bd,/a?b=c d",
    "/a?b=c%252bd,/a?b=c d",
    "/a+b?c+d,/a b?c d"
  })
  void aPlusMayBeABlank(String target, String reading) throws Exception {
    assertTrue(denied(target).contains("http://o" + reading), denied(target).toString());
    assertFalse(judged(target).contains("http://o" + reading), judged(target).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "/a/..+,/",
    "/a/..+/secret,/secret",
    "/a/+../secret,/secret",
    "/a/b/++..+/..+/secret,/secret",
    "/a/..+%20/secret,/secret",
    "/a/..%2b/secret,/secret",
    "/a/..%252b/secret,/secret",
    "/a/%2e%2e+/secret,/secret",
    "/a/%252e.+/secret,/secret",
    "/a/b%2f..+%2f..+%2fsecret,/secret",
    "/a/..+;x/secret,/secret",
    "/a/.%0a.+/secret,/secret",
    "/a/..+%5csecret,/secret",
    "/a/%c2%a0+../secret,/secret",
    "/a/..+/..//x/secret,/secret",
    "/a/+/../secret,/secret",
    "/a/%2b/../secret,/secret",
    // Who trims one end alone has a name in the other.
    "/a/+../b/..+/..+/secret/+../a/c,/a/secret/+../a/c",
    "/a/+../b/..+/..+/secret/+../a/c,/a/c"
  })
  void whereThatLeadsUpPermissionLooksAtItToo(String target, String reading) throws Exception {
    String pluses = reading.replace('+', ' ');
    assertTrue(judged(target).contains("http://o" + pluses), judged(target).toString());
    assertTrue(denied(target).contains("http://o" + pluses), denied(target).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "/secret.,/secret",
    "/secret...,/secret",
    "/secret./x,/secret/x",
    "/secret../x,/secret/x",
    "/SECRET%2e/x,/secret/x",
    "/secret.%20./x,/secret/x",
    "/secret%20.,/secret",
    "/secret.+/x,/secret/x",
    "/secret%252e,/secret",
    "/secret.%5cx,/secret/x",
    "/secret.;a/x,/secret/x",
    "/secret./x.txt.,/secret/x.txt",
    "/secret/...,/secret/",
    "/a/../secret.,/secret",
    "/http://x/secret.,/secret",
    "/secret.?x=.,/secret?x=.",
    "/secret::$DATA,/secret",
    "/secret::%24data,/secret",
    "/secret%3a%3A$DATA,/secret",
    "/secret%253a:$DATA,/secret",
    "/secret.::$DATA,/secret",
    "/secret::$DATA.,/secret",
    "/secret:$I30:$INDEX_ALLOCATION/x,/secret/x",
    "/a::$DATA/b::$DATA,/a/b"
  })
  void aNameMayHaveADotOrAStreamAtItsEnd(String target, String reading) throws Exception {
    assertTrue(denied(target).contains("http://o" + reading), denied(target).toString());
    assertFalse(judged(target).contains("http://o" + reading), judged(target).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "/x?.method=DELETE,/x?_method=DELETE",
    "/x?+_method=DELETE,/x?_method=DELETE",
    "/x?a=1&%20_method=DELETE,/x?a=1&_method=DELETE",
    "/x?_method%00x=DELETE,/x?_method=DELETE",
    "/x?%2emethod=DELETE,/x?_method=DELETE",
    "/x?%252emethod=DELETE,/x?_method=DELETE",
    "/x?my+key=1,/x?my_key=1",
    "/x?my.key=1,/x?my_key=1",
    "/x?my%5Bkey=1,/x?my_key=1",
    "/x?a%5Bb%5Dc=1,/x?a[b]=1",
    "/x?a.b%5Bc.d%5D=e.f,/x?a_b[c.d]=e.f",
    "/x?a;_method=DELETE,/x?a&_method=DELETE",
    "/x?a;.method=DELETE,/x?a&_method=DELETE",
    "/X?.Method=DELETE,/x?_method=delete",
    "/x;y?.m,/x?_m"
  })
  void aParameterMayHaveAnotherName(String target, String reading) throws Exception {
    assertTrue(denied(target).contains("http://o" + reading), denied(target).toString());
    assertFalse(judged(target).contains("http://o" + reading), judged(target).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a+b",
        "/c++/x",
        "/call/+4917",
        "/a+b/c+d.txt",
        "/+",
        "/a/+/b",
        "/a?b=c+d",
        "/a+.b",
        "/a+b..+",
        "/a.",
        "/a./b",
        "/a../b..",
        "/a...",
        "/?a.b=c;d+e"
      })
  void ofNamesAreManyPermissionSeesOne(String target) throws Exception {
    assertEquals(List.of("http://o" + target), judged(target));
  }

  @ParameterizedTest
  @CsvSource({
    "/a+b,2,4",
    "/files/a+b/c+d.txt,2,4",
    "/c++/x,3,48",
    "/call/+4917,3,48",
    "/a%20b/c+d,4,24",
    "/my+folder/my%20file%2b1.txt,7,24",
    "/a.,2,4",
    "/a./b.c/d.,2,4",
    "/and+so+on...,4,48",
    "/my%20file.,4,24",
    "/users/12:undelete,1,1",
    "/urn:isbn:1$,1,1",
    "/q?a=b+c,2,4",
    "/q?a=b.c&d=e.f,1,1",
    "/q?a.b=c,2,4",
    "/q?a=1;b=2,2,4",
    "/q?a.b=c+d;e=f,8,16",
    "/q?a%5Bb%5D=c.d,3,20",
    "/q?a%5Bb%5D=c+d&e.f=g,12,64",
    "/q?u=https%3A%2F%2Fh.x%2Fa+b%3Fc.d%3De.f%26g.h%3Di%2Bj%2520k%3Bl&x.y=z;w=1,36,4096"
  })
  void areFew(String target, int readings, int atMost) throws Exception {
    assertEquals(readings, denied(target).size(), denied(target).toString());
    assertEquals(atMost, Destination.parse("http://o" + target).formsAtMost());
  }
}
