package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.admin.LiveSource.RefusedRow;
import wsp.limit.Refusals;

class RefusedRegistrationsTest {
  private final Logger log = new LoggerContext().getLogger("test");
  private final RefusedRegistrations refused = new RefusedRegistrations(new Refusals());

  private void refuse(String from, String why, Object... values) {
    refused.warn(log, from, "refused a connection from {}", from, why, values);
  }

  private List<String> rows() {
    return refused.rows().stream().map(r -> r.from() + " " + r.why() + " " + r.count()).toList();
  }

  @Test
  void thoseOfAnAddressAreOneRowForEachReason() {
    refuse("192.0.2.1:5000", "no key");
    refuse("192.0.2.1:5001", "no key");
    refuse("192.0.2.1:5002", "labels of {}: {}", "a", "b");
    refuse("[2001:db8::1]:5000", "no key");
    refuse("unknown", "no key");
    assertEquals(
        List.of(
            "192.0.2.1 labels of a: b 1",
            "192.0.2.1 no key 2",
            "[2001:db8::1] no key 1",
            "unknown no key 1"),
        rows().stream().sorted().toList());
  }

  @Test
  void aFloodForOneReasonPushesNoOtherOut() {
    refuse("192.0.2.1:5000", "it has shown no certificate");
    for (int i = 0; i < 10_000; i++) refuse("10.0." + i / 250 + "." + i % 250 + ":1", "no key");
    List<String> rows = rows();
    assertTrue(rows.contains("192.0.2.1 it has shown no certificate 1"), rows.toString());
    assertEquals(RefusedRegistrations.ADDRESSES + 1, rows.size());
    assertTrue(rows.contains("10.0.39.249 no key 1"), "the last one is kept");
  }

  @Test
  void whatIsLongIsCutAndReasonsAreBounded() {
    refuse("x".repeat(9000), "{}", "y".repeat(9000));
    for (RefusedRow row : refused.rows()) {
      assertTrue(row.from().length() <= 201);
      assertTrue(row.why().length() <= 201);
    }
    for (int i = 0; i < 1000; i++) refuse("192.0.2.1:1", "reason " + i);
    assertTrue(refused.rows().size() <= 16);
  }
}
