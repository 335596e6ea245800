package wsp.server.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;
import wsp.envelope.Headers;

class KeyListsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("WSP_CLIENT_DC_1", "fromoutside", "WSP_CALLER_BILLING", " one two ");

  private static ConfigFile file(String yaml) throws Exception {
    return ConfigFile.parse("test.cfg", yaml, ENVIRONMENT);
  }

  private static Headers bearer(String key) {
    return Headers.of("X-Proxy-Authorization", "Bearer " + key);
  }

  @Test
  void aClientsKeyFromTheEnvironmentComesBeforeTheFiles() throws Exception {
    List<NamedKey> keys =
        KeyLists.clients(file("clients: [{name: dc-1, key: inside}, {name: dc-2, key: kept}]"));
    assertEquals(
        List.of(
            new NamedKey("dc-1", KeyDigest.of("fromoutside")),
            new NamedKey("dc-2", KeyDigest.of("kept"))),
        keys);
  }

  @Test
  void aCallerMayHaveSeveralThere() throws Exception {
    CallerKeys keys = KeyLists.callers(file("callers: [{name: billing}]"));
    assertNotNull(keys.admit(bearer("one")));
    assertNotNull(keys.admit(bearer("two")));
    assertNull(keys.admit(bearer("one two")));
  }

  private static ClientScope scope(String more) throws Exception {
    return KeyLists.clients(file("clients: [{name: a, key: k" + more + "}]")).get(0).scope();
  }

  @Test
  void aClientMayBeLimitedToIdsAndLabelsAndAnEmptyListIsNone() throws Exception {
    assertEquals(ClientScope.ANY, scope(""));
    assertEquals(
        new ClientScope(List.of("x"), List.of("r", "b")), scope(", IDs: x, labels: [r, b]"));
    assertEquals(new ClientScope(List.of(), List.of()), scope(", ids: [], labels: []"));
    assertTrue(scope("").hasLabels(List.of("r")) && scope("").hasId("x"));
    assertFalse(scope(", labels: []").hasLabels(List.of("r")));
    assertTrue(scope(", labels: []").hasLabels(List.of()));
    assertFalse(scope(", ids: []").hasId("x"));
  }

  @Test
  void whatNobodyCouldClaimIsAnError() {
    for (String wrong : List.of("labels: [a b]", "labels: [a, a]", "ids: ['a b']", "ids: ['']")) {
      ConfigException e = assertThrows(ConfigException.class, () -> scope(", " + wrong));
      String key = wrong.substring(0, wrong.indexOf(':'));
      assertTrue(String.valueOf(e.getMessage()).contains(key), e.getMessage());
    }
  }

  private static Object printed(String yaml) throws Exception {
    ConfigFile file = file(yaml);
    var unused = KeyLists.clients(file);
    return file.effective.print().get("Clients");
  }

  @Test
  void theLimitsArePrinted() throws Exception {
    assertEquals(
        List.of(
            Map.of("Name", "a", "Keys", List.of("***"), "Ids", List.of("x"), "Labels", List.of()),
            Map.of("Name", "b", "Keys", List.of("***"))),
        printed("clients: [{name: a, key: k, ids: [x], labels: []}, {name: b, key: l}]"));
  }

  @Test
  void theLimitsOfOneEntryAreNotPrintedForAnotherOfTheSameName() throws Exception {
    assertEquals(
        List.of(
            Map.of("Name", "a", "Keys", List.of("***"), "Ids", List.of("x")),
            Map.of("Name", "a", "Keys", List.of("***", "***"))),
        printed("clients: [{name: a, key: k, ids: [x]}, {name: a, key: [l, m]}]"));
  }
}
