package wsp.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A record is small however long the texts are that it is given. */
class ExchangeRecordTest {
  private static Map<String, String> texts(Function<String, String> text) {
    ExchangeRecord r =
        new ExchangeRecord("id", "", text.apply("method"), text.apply("from address"));
    r.destination(text.apply("destination"));
    r.caller(text.apply("caller"));
    r.peer(text.apply("peer"));
    r.proxyStatus(text.apply("proxy status"));
    r.rule(text.apply("rule"));
    r.failed("FAILURE", text.apply("detail"), 500);
    r.visitor(new Visitor(text.apply("referer"), text.apply("user agent"), "", true));
    ExchangeRecord other = new ExchangeRecord("id", "", "GET", "");
    other.unusable(text.apply("unusable"));
    Map<String, String> all = new TreeMap<>();
    all.put("method", r.method());
    all.put("from address", r.from());
    all.put("destination", r.destination());
    all.put("caller", r.caller());
    all.put("peer", r.peer());
    all.put("proxy status", r.proxyStatus());
    all.put("rule", r.rule());
    all.put("detail", r.detail());
    all.put("referer", r.visitor().referer());
    all.put("user agent", r.visitor().userAgent());
    all.put("unusable", other.destination());
    return all;
  }

  @Test
  void noTextIsKeptThatIsLongerThanAnybodyShows() {
    Map<String, String> texts = texts(name -> name + "x".repeat(100_000));
    texts.forEach(
        (name, text) ->
            assertEquals(name + "x".repeat(AccessLine.LONG - name.length()) + "…", text, name));
  }

  @Test
  void textsOfUsualLengthAreKeptAsTheyAre() {
    texts(name -> name).forEach((name, text) -> assertEquals(name, text));
  }
}
