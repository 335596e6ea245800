package wsp.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.observe.ObserveSettings.AdminAddress;

class AdminPortTest extends AdminPortStage {
  @Test
  void anAnswerIsForNobodyElsesPage() throws Exception {
    String answer = ask("GET", "/hello", "Host: localhost", "Origin: http://evil.example");
    assertTrue(answer.contains("\r\nX-content-type-options: nosniff\r\n"), answer);
    assertTrue(answer.contains("\r\nCross-origin-resource-policy: same-origin\r\n"), answer);
    assertTrue(answer.contains("\r\nX-frame-options: DENY\r\n"), answer);
    assertTrue(answer.contains("\r\nCache-control: no-store\r\n"), answer);
    assertFalse(answer.toLowerCase(java.util.Locale.ROOT).contains("access-control"), answer);
  }

  @Test
  void aHeadHasTheLengthAndNoBody() throws Exception {
    String answer = ask("HEAD", "/hello");
    assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
    assertTrue(answer.contains("\r\nContent-length: 6\r\n"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/hello/", "/hello/x", "/helloo", "/Hello", "/x/../hello", "/hell", "/%00"})
  void aPathIsMatchedWhole(String path) throws Exception {
    String answer = ask("GET", path);
    assertTrue(answer.startsWith("HTTP/1.1 404 "), answer);
  }

  @Test
  void aQueryIsNoPartOfAPath() throws Exception {
    assertTrue(ask("GET", "/hello?a=b").endsWith("hello\n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "get", "X"})
  void nothingCanBeChangedHere(String method) throws Exception {
    String answer = ask(method, "/hello");
    assertTrue(answer.startsWith("HTTP/1.1 405 "), answer);
    assertTrue(answer.contains("\r\nAllow: GET, HEAD\r\n"), answer);
  }

  @Test
  void anotherHostIsRefusedBeforeAnythingElse() throws Exception {
    for (String path : List.of("/hello", "/nothing", "/held")) {
      String answer = ask("GET", path, "Host: evil.example:" + port.port());
      assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    }
    String absolute = ask("GET", "http://evil.example/hello", "Host: localhost");
    assertTrue(absolute.startsWith("HTTP/1.1 403 "), absolute);
    assertTrue(ask("GET", "http://localhost:1/hello", "Host: localhost").endsWith("hello\n"));
  }

  @Test
  void aHandlerThatFailsCostsItsConnectionOnly() throws Exception {
    assertEquals("", ask("GET", "/fails"));
    works();
  }

  @Test
  void aPortInUseIsNamed() {
    IOException e =
        assertThrows(
            IOException.class, () -> new AdminPort(new AdminAddress("127.0.0.1", port.port())));
    assertEquals(
        "cannot listen on 127.0.0.1:" + port.port() + " for the admin port: Address already in use",
        e.getMessage());
  }

  @Test
  void itSaysWhereItIs() {
    assertEquals("127.0.0.1:" + port.port(), port.shown());
  }
}
