package wsp.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** As PHP 8.2 does with each of these, percent-encoded, in a query; {@code ~} is a NUL here. */
class PhpNamesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "_m=1|_m=1",
        ".m=1|_m=1",
        "  _m=1|_m=1",
        "a b..c=1|a_b__c=1",
        "a =1|a_=1",
        "_m~x=1|_m=1",
        " ~=1|=1",
        "a[b=1|a_b=1",
        "a[b c.[d=1|a_b_c__d=1",
        "a.b[c.d]=1|a_b[c.d]=1",
        "a[b]c.d=1|a[b]=1",
        "a[b]c[d]=1|a[b]=1",
        "a[b][c=1|a[b]=1",
        "a[b.][c][]=1|a[b.][c][]=1",
        "a[[b]]=1|a[[b]=1",
        "a]b=1|a]b=1",
        "a[ ][b ]=1|a[][b ]=1",
        ".[a]=1|_[a]=1",
        "a~[b]=1|a=1",
        "a[b~]=1|a_b=1",
        "\tm=1|\tm=1",
        "a.b|a_b",
        "a.b&c.d|a_b&c_d",
        "x=1&.m=2.0= &&c.d=|x=1&_m=2.0= &&c_d=",
        "a=b.c&d.e=f=g.h|a=b.c&d_e=f=g.h",
        "|"
      })
  void areThoseOfPhp(String query, String read) {
    String pairs = query == null ? "" : query.replace('~', '\0');
    assertEquals(read == null ? "" : read, PhpNames.in(pairs, '&'));
  }

  @Test
  void cookiesAreBetweenSemicolons() {
    assertEquals("a_b=1;c_d=2&e.f=3", PhpNames.in("a.b=1; c.d=2&e.f=3", ';'));
  }
}
