package wsp.admin;

import java.util.List;
import java.util.Map;
import wsp.admin.LiveSource.FailureText;
import wsp.admin.LiveSource.PoolRow;
import wsp.admin.LiveSource.RefusedRow;
import wsp.observe.ExchangeRecord;
import wsp.observe.Failures;
import wsp.observe.Outcomes;

/** Exchanges that begin and end as a daemon's do, and a daemon that shows them. */
final class Ended {
  /** A table of failures. */
  enum Failure {
    BROKEN,
    STRANGE
  }

  final RecentExchanges exchanges = new RecentExchanges(e -> e.failure().equals("STRANGE"));
  final Outcomes<Failure> outcomes = new Outcomes<>(new Failures<>(Failure.class), exchanges);
  volatile String unready;
  volatile List<PoolRow> pools = List.of();
  volatile List<RefusedRow> refused = List.of();

  LiveSource source() {
    return new LiveSource(
        "wsp-test",
        "1.2",
        () -> unready,
        () -> pools,
        () -> refused,
        Map.of("BROKEN", new FailureText("It broke", "nobody", "All of it", "Mend it")));
  }

  Feed feed() {
    return new Feed(source(), exchanges, 1_000);
  }

  ExchangeRecord begun(String destination) {
    ExchangeRecord e = new ExchangeRecord("id-1", "", "GET", "192.0.2.1");
    e.destination(destination);
    outcomes.begun(e);
    return e;
  }

  void completed(String destination) {
    ExchangeRecord e = begun(destination);
    e.connected();
    e.head(200);
    outcomes.completed(e);
  }
}
