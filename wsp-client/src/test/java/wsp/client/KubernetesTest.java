package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import wsp.client.targets.Target;
import wsp.config.ConfigFile;

/** What can be known of the shipped manifest without Kubernetes: that its parts fit each other. */
class KubernetesTest {
  private static final String KEYS = "/etc/wsp-keys";

  private final Map<String, Map<?, ?>> objects = new LinkedHashMap<>();

  @BeforeEach
  void read() throws Exception {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    for (Object o : yaml.loadAll(Files.readString(Path.of("..", "config", "kubernetes.yaml")))) {
      Map<?, ?> object = (Map<?, ?>) o;
      String name = object.get("kind") + " " + at(object, "metadata", "name");
      assertEquals(null, objects.put(name, object), name + " is there twice");
      assertTrue(object.get("apiVersion") instanceof String, name);
    }
  }

  private static Object at(Object from, Object... path) {
    Object now = from;
    for (Object step : path) {
      now = step instanceof Integer i ? ((List<?>) now).get(i) : ((Map<?, ?>) now).get(step);
      assertTrue(now != null, "there is no " + List.of(path));
    }
    return now;
  }

  private Object at(String object, Object... path) {
    assertTrue(objects.containsKey(object), "there is no " + object);
    return at(objects.get(object), path);
  }

  private Object container(String daemon, Object... path) {
    return at(at("Deployment " + daemon, "spec", "template", "spec", "containers", 0), path);
  }

  private Map<Object, Object> ports(String daemon) {
    Map<Object, Object> ports = new LinkedHashMap<>();
    for (Object p : (List<?>) container(daemon, "ports"))
      ports.put(at(p, "name"), at(p, "containerPort"));
    return ports;
  }

  private ClientConfig client(Path keys) throws Exception {
    Files.writeString(keys.resolve("secretkey"), "Secret");
    String text = (String) at("ConfigMap wsp-client", "data", "wsp_client.cfg");
    return ClientConfig.of(ConfigFile.parse("f", text.replace(KEYS, keys.toString())));
  }

  @Test
  void theConfigurationOfTheClientIsOne(@TempDir Path keys) throws Exception {
    ClientConfig config = client(keys);
    assertEquals("Secret", config.identity().secretKey());
    assertEquals(ports("wsp-client").get("admin"), config.observe().admin().port());
    assertEquals("0.0.0.0", config.observe().admin().host(), "the kubelet is not on loopback");
    long most = config.grace().toSeconds();
    int limit =
        (Integer)
            at(
                "Deployment wsp-client",
                "spec",
                "template",
                "spec",
                "terminationGracePeriodSeconds");
    assertTrue(limit > most, "it is killed before " + most + " s are over");
  }

  @Test
  void clientsDialEveryServerAlsoThoseThatWaitForAClient(@TempDir Path keys) throws Exception {
    List<Target> targets = client(keys).targets().all();
    assertEquals(1, targets.size());
    assertTrue(targets.get(0).everyAddress());
    String service = "Service " + targets.get(0).url().host();
    assertEquals("None", at(service, "spec", "clusterIP"));
    assertEquals(true, at(service, "spec", "publishNotReadyAddresses"));
    assertEquals(targets.get(0).url().port(), at(service, "spec", "ports", 0, "port"));
  }

  @Test
  void callersSeeOnlyServersThatAreReady() {
    Map<?, ?> spec = (Map<?, ?>) at("Service wsp-server", "spec");
    assertFalse(spec.containsKey("publishNotReadyAddresses"));
    assertFalse(spec.containsKey("clusterIP"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wsp-server", "wsp-server-clients"})
  void servicesLeadToThePortOfTheServers(String name) {
    assertEquals(
        at("Deployment wsp-server", "spec", "template", "metadata", "labels"),
        at("Service " + name, "spec", "selector"));
    Object target = at("Service " + name, "spec", "ports", 0, "targetPort");
    assertEquals(8080, ports("wsp-server").get(target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wsp-server", "wsp-client"})
  void namesOfADeploymentFitEachOther(String daemon) {
    Object labels = at("Deployment " + daemon, "spec", "template", "metadata", "labels");
    assertEquals(labels, at("Deployment " + daemon, "spec", "selector", "matchLabels"));
    assertEquals(labels, at("NetworkPolicy " + daemon, "spec", "podSelector", "matchLabels"));
    assertEquals(daemon + ":1.0.0", container(daemon, "image"));
    assertEquals(
        Map.of("path", "/readyz", "port", "admin"), container(daemon, "readinessProbe", "httpGet"));
    assertEquals(
        Map.of("path", "/healthz", "port", "admin"), container(daemon, "livenessProbe", "httpGet"));
    assertTrue(ports(daemon).containsKey("admin"));
    Map<Object, Object> mounts = new LinkedHashMap<>();
    for (Object m : (List<?>) container(daemon, "volumeMounts"))
      mounts.put(at(m, "mountPath"), at(m, "name"));
    // They stand in for the image's CMD, behind its ENTRYPOINT.
    String config = "/etc/wsp/" + daemon.replace('-', '_') + ".cfg";
    assertEquals(List.of("-config", config), container(daemon, "args"));
    for (Object v : (List<?>) at("Deployment " + daemon, "spec", "template", "spec", "volumes")) {
      Map<?, ?> volume = (Map<?, ?>) v;
      assertTrue(mounts.containsValue(volume.get("name")), volume + " is not mounted");
      if (volume.get("name").equals("config")) assertEquals(daemon, at(v, "configMap", "name"));
      if (volume.get("name").equals("keys"))
        assertEquals("wsp-keys", at(v, "secret", "secretName"));
    }
    assertEquals("config", mounts.get("/etc/wsp"));
    assertEquals("keys", mounts.get(KEYS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"wsp-server", "wsp-client"})
  void aDaemonMayDoNoMoreThanItNeeds(String daemon) {
    assertEquals(
        true,
        at("Deployment " + daemon, "spec", "template", "spec", "securityContext", "runAsNonRoot"));
    assertEquals(true, container(daemon, "securityContext", "readOnlyRootFilesystem"));
    assertEquals(false, container(daemon, "securityContext", "allowPrivilegeEscalation"));
    assertEquals(List.of("ALL"), container(daemon, "securityContext", "capabilities", "drop"));
    container(daemon, "resources", "limits", "memory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"wsp-server", "wsp-client"})
  void theAdminPortIsNotForEverybody(String daemon) {
    for (Object rule : (List<?>) at("NetworkPolicy " + daemon, "spec", "ingress")) {
      for (Object port : (List<?>) at(rule, "ports")) {
        assertTrue(ports(daemon).containsKey(at(port, "port")), port.toString());
        if (at(port, "port").equals("admin"))
          assertTrue(((Map<?, ?>) rule).containsKey("from"), "it is open to all");
      }
    }
    for (Object o : objects.values()) {
      if (!at(o, "kind").equals("Service")) continue;
      for (Object port : (List<?>) at(o, "spec", "ports"))
        assertEquals("http", at(port, "targetPort"));
    }
  }
}
