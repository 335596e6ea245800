package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
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
}
