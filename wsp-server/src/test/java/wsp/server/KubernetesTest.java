package wsp.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import wsp.config.ConfigFile;

/** The server's part of the shipped manifest; the client's tests have the rest. */
class KubernetesTest {
  private static Map<?, ?> object(String kind) throws Exception {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    for (Object o : yaml.loadAll(Files.readString(Path.of("..", "config", "kubernetes.yaml")))) {
      Map<?, ?> object = (Map<?, ?>) o;
      if (object.get("kind").equals(kind)
          && inside(object, "metadata").get("name").equals("wsp-server")) return object;
    }
    throw new AssertionError("there is no " + kind);
  }

  private static Map<?, ?> inside(Map<?, ?> object, String... path) {
    Map<?, ?> now = object;
    for (String step : path) now = (Map<?, ?>) now.get(step);
    return now;
  }

  @Test
  void theConfigurationOfTheServerIsOne(@TempDir Path keys) throws Exception {
    Files.writeString(keys.resolve("secretkey"), "Secret");
    Files.writeString(keys.resolve("caller-key"), "CallerKey");
    String text = (String) inside(object("ConfigMap"), "data").get("wsp_server.cfg");
    ServerConfig config =
        ServerConfig.of(ConfigFile.parse("f", text.replace("/etc/wsp-keys", keys.toString())));
    assertEquals("Secret", config.clients().secretKey());
    assertEquals(8080, config.port().number());
    assertEquals("0.0.0.0", config.port().host());
    assertEquals(9090, config.observe().admin().port());
    assertEquals("0.0.0.0", config.observe().admin().host(), "the kubelet is not on loopback");
    assertFalse(config.ending().notice().isZero(), "its Service needs some time to leave it");
    Object limit =
        inside(object("Deployment"), "spec", "template", "spec")
            .get("terminationGracePeriodSeconds");
    long most = config.ending().notice().plus(config.ending().grace()).toSeconds();
    assertTrue((Integer) limit > most, "it is killed before " + most + " s are over");
  }
}
