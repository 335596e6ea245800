package wsp.destination;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Paths are octets here: {@code À¯} stands for {@code c0 af}. */
class PathStepTest {
  @ParameterizedTest
  @CsvSource({
    "NEEDLESS_ESCAPES,/%41%7e%2f%2E%c3%3b,/A~%2F.%C3%3B",
    "NEEDLESS_ESCAPES,/%2541,/%2541",
    "OVERLONG,/\u00c0\u00af\u00c0\u00ae\u00c1\u009c,//.\\",
    "OVERLONG,/\u00e0\u0080\u00af\u00f0\u0080\u0080\u00ae,//.",
    "OVERLONG,/\u00c3\u00a9\u00e0\u00a0\u0080,/\u00c3\u00a9\u00e0\u00a0\u0080",
    "OVERLONG,/\u00c0/\u00c0,/\u00c0/\u00c0",
    "OVERLONG,/\u00e0\u0080,/\u00e0\u0080",
    "FULL_WIDTH,/\u00ef\u00bc\u008f\u00ef\u00bc\u008e\u00ef\u00bd\u0081,//.a",
    "FULL_WIDTH,/\u00ef\u00bd\u009f\u00ef\u00bc,/\u00ef\u00bd\u009f\u00ef\u00bc",
    "BACKSLASHES,/a\\..\\,/a/../",
    "PARAMETERS,/a;b;c/d;/;e,/a/d/",
    "PARAMETERS,/..;/a,/../a",
    "SLASHES,//a///b//,/a/b/",
    "SLASHES,/a/b,/a/b",
    "LEADING_SLASHES,///a//b,/a//b",
    "LEADING_SLASHES,/a//b,/a//b",
    "DOTS,/a/./b/../c,/a/c",
    "DOTS,/../a/..,/",
    "DOTS,/a/.,/a/",
    "DOTS,/a/b/..,/a/",
    "DOTS,/a/..//b,//b",
    "DOTS,/a//../b,/a/b",
    "DOTS,/a//..,/a/",
    "DOTS,/.../.a/..b/c.,/.../.a/..b/c.",
    "DOTS_OF_FILES,/a/../b/.,/b",
    "DOTS_OF_FILES,/a/..,/",
    "DOTS_OF_FILES,/a/b/../,/a/",
    "NUL,/a\0b/c,/a",
    "DELIMITERS,/a#b?c,/a",
    "DELIMITERS,/a?b#c,/a",
    "DELIMITERS,/a?b,/a",
    "DELIMITERS,/a#b,/a",
    "LINE_ENDS,'/a\tb\r%0A%0ac',/abc",
    "BLANKS_AT_END,'/a /.. \t\0\u000b%0a%0A',/a /..",
    "BLANKS_AT_END,/a%0b,/a%0b",
    "BLANKS_AT_END,'/ ',/",
    "BLANKS_AT_END,'/ /',/ /",
    "BLANKS_AT_END,'/a\u00c2\u00a0 \u00e2\u0080\u0083\u00ef\u00bb\u00bf\u00c2\u0085',/a",
    "BLANKS_AT_END,/a\u00a0\u0085\u00a0,/a",
    "BLANKS_AT_END,/a\u00e3\u0080\u0080\u00e1\u009a\u0080\u00e2\u0080\u00a8\u00e2\u0081\u009f,/a",
    "BLANKS_AT_END,'/a \u0085\u00a0 \u00e2\u0080\u0085',/a",
    "BLANKS_AT_END,/voil\u00c3\u00a0,/voil\u00c3\u00a0",
    "BLANKS_AT_END,/\u00e2\u0080\u00a0,/\u00e2\u0080\u00a0",
    "BLANKS_AT_ENDS,'/a / b/.. \u00a0/c ','/a/ b/../c'",
    "BLANKS_AT_ENDS,'/ / /a','///a'",
    "BLANKS_AT_ENDS,/a b%20/c,/a b%20/c",
    "BLANKS_AT_BEGINNINGS,'/ a / \u00c2\u00a0../%0Ac d/ ','/a /../c d/'",
    "BLANKS_AT_BEGINNINGS,/\u00c3\u00a0/\u00e2\u0080\u00a0,/\u00c3\u00a0/\u00e2\u0080\u00a0",
    "AUTHORITY,//x/a,/a",
    "AUTHORITY,//u@x:80//a,//a",
    "AUTHORITY,//x,/",
    "AUTHORITY,//x?/a,/",
    "AUTHORITY,///a/b,/a/b",
    "AUTHORITY,/a//b,/a//b",
    "AUTHORITY_AFTER_ALL_SLASHES,///a/b,/b",
    "AUTHORITY_AFTER_ALL_SLASHES,///,/",
    "PLUS,/+a+b/c++,'/ a b/c  '",
    "PLUS_BESIDE_DOTS,/a+b/..+/c,'/a b/.. /c'",
    "PLUS_BESIDE_DOTS,'/a/+ ..','/a/  ..'",
    "PLUS_BESIDE_DOTS,/a+/../c,'/a /../c'",
    "PLUS_BESIDE_DOTS,/a+../..b+/...+/.+,/a+../..b+/...+/.+",
    "DOTS_AT_ENDS,'/a./b.../c. ./d. ','/a/b/c/d'",
    "DOTS_AT_ENDS,'/./../.../. ./ /.','/./../.../. ./ /.'",
    "DOTS_AT_ENDS,/a./..,/a/..",
    "DOTS_AT_ENDS,/a./...,/a/",
    "DOTS_AT_ENDS,/.a/..b/c.d/,/.a/..b/c.d/",
    "STREAMS,/a::$DATA/b:$I30:$INDEX_ALLOCATION/c,/a/b/c",
    "STREAMS,/a:b:$DATA,/a",
    "STREAMS,/a:b/c:d/e$,/a:b/c:d/e$"
  })
  void doesThis(PathStep step, String path, String outcome) {
    assertEquals(outcome, step.apply(path));
  }

  @ParameterizedTest
  @CsvSource({
    "/http://x/a,/a",
    "//a+b-c.1://u@x:80,/",
    "/http:/x/a,/http:/x/a",
    "/a/b://x/a,/a/b://x/a",
    "/://x/a,/://x/a"
  })
  void whatTakesThePlaceOfAPathIsTakenOut(String path, String outcome) {
    assertEquals(outcome, PathStep.withoutOrigin(path));
  }

  @ParameterizedTest
  @EnumSource
  void givesBackWhatItDoesNotChange(PathStep step) {
    String path = "/a/b.c/d";
    assertSame(path, step.apply(path));
  }

  @ParameterizedTest
  @EnumSource
  void leavesAPathThatIsNoLonger(PathStep step) {
    Random random = new Random(step.ordinal());
    String of = "//..;+:$%2f\\\0?#\t\r  au@\u00c0\u00af\u00e0\u0080\u00ef\u00bc\u00c2\u00a0";
    for (int i = 0; i < 10_000; i++) {
      StringBuilder path = new StringBuilder("/");
      for (int n = random.nextInt(12); n > 0; n--)
        path.append(of.charAt(random.nextInt(of.length())));
      String after = step.apply(path.toString());
      assertTrue(after.startsWith("/") && after.length() <= path.length(), path + " " + after);
    }
  }
}
