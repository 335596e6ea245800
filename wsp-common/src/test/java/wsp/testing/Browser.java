package wsp.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Chromium without a window, driven through the DevTools protocol. For one thread. */
public final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long LIMIT_SECONDS = 60;
  private static final String LISTENING = "DevTools listening on ";

  /** What the page has complained of: the console, exceptions, violations of its policy. */
  public final List<String> complaints = new CopyOnWriteArrayList<>();

  private final Process process;
  private final WebSocket socket;
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private int lastId;

  /** Where it is; empty if there is none: {@code WSP_CHROMIUM}, or a usual name on the PATH. */
  public static Optional<String> program() {
    String named = System.getenv("WSP_CHROMIUM");
    if (named != null && !named.isEmpty()) return Optional.of(named);
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> Stream.of(path.split(":")).map(dir -> Path.of(dir, name)))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /**
   * @param home an empty directory
   */
  public Browser(String program, Path home) throws Exception {
    process =
        new ProcessBuilder(
                program,
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--remote-debugging-port=0",
                "--user-data-dir=" + home,
                "about:blank")
            .redirectErrorStream(true)
            .start();
    try {
      socket = connect(URI.create(page(devTools())));
      call("Runtime.enable");
      call("Log.enable");
      call("Page.enable");
    } catch (Exception | Error e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /** The port of the browser's end, from what it says when it starts. */
  private int devTools() throws IOException {
    BufferedReader said =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      all.append(line).append('\n');
      if (!line.startsWith(LISTENING)) continue;
      Thread rest = new Thread(() -> said.lines().forEach(l -> {}), "browser");
      rest.setDaemon(true);
      rest.start();
      return URI.create(line.substring(LISTENING.length())).getPort();
    }
    throw new AssertionError("the browser does not start: " + all);
  }

  private static String page(int port) throws Exception {
    java.net.http.HttpRequest list =
        java.net.http.HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json"))
            .build();
    CompletableFuture<String> found = new CompletableFuture<>();
    Await.until(
        "there is a page",
        () -> {
          HttpResponse<String> pages =
              HttpClient.newHttpClient().send(list, HttpResponse.BodyHandlers.ofString());
          for (JsonNode p : JSON.readTree(pages.body())) {
            if (p.path("type").asText().equals("page"))
              found.complete(p.path("webSocketDebuggerUrl").asText());
          }
          return found.isDone();
        });
    return found.get();
  }

  private WebSocket connect(URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .buildAsync(uri, new Messages())
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Answers to calls, and events. */
  private final class Messages implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        message(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void message(String text) {
    try {
      JsonNode m = JSON.readTree(text);
      String method = m.path("method").asText();
      JsonNode params = m.path("params");
      if (m.has("id")) {
        CompletableFuture<JsonNode> answer = answers.remove(m.path("id").asInt());
        if (answer != null) answer.complete(m);
      } else if (method.equals("Runtime.consoleAPICalled")
          || method.equals("Runtime.exceptionThrown")
          || method.equals("Log.entryAdded")
          || method.equals("Page.javascriptDialogOpening")) {
        complaints.add(method + " " + params);
      }
    } catch (IOException e) {
      complaints.add(String.valueOf(e));
    }
  }

  /**
   * Calls a method of the protocol.
   *
   * @param params names and values by turns
   */
  public JsonNode call(String method, Object... params) throws Exception {
    ObjectNode m = JSON.createObjectNode();
    ObjectNode given = m.put("method", method).putObject("params");
    for (int i = 0; i < params.length; i += 2)
      given.set((String) params[i], JSON.valueToTree(params[i + 1]));
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    m.put("id", ++lastId);
    answers.put(lastId, answer);
    socket.sendText(m.toString(), true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    JsonNode got = answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (got.has("error")) throw new AssertionError(method + ": " + got);
    return got.path("result");
  }

  public void open(String url) throws Exception {
    call("Page.navigate", "url", url);
  }

  /** The value of an expression of JavaScript in the page. */
  public JsonNode value(String expression) throws Exception {
    JsonNode result = call("Runtime.evaluate", "expression", expression, "returnByValue", true);
    if (result.has("exceptionDetails")) throw new AssertionError(expression + ": " + result);
    return result.path("result").path("value");
  }

  /** Waits until an expression is true. */
  public void until(String what, String expression) throws Exception {
    Await.until(what, () -> value(expression).asBoolean());
  }

  /** Presses a key and lets it go, as a person would: what it does is up to the browser. */
  public void key(String key, int code, String text) throws Exception {
    Object[] down = {
      "type", "keyDown", "key", key, "code", key, "windowsVirtualKeyCode", code, "text", text
    };
    call("Input.dispatchKeyEvent", down);
    call(
        "Input.dispatchKeyEvent",
        "type",
        "keyUp",
        "key",
        key,
        "code",
        key,
        "windowsVirtualKeyCode",
        code);
  }

  public void tab() throws Exception {
    key("Tab", 9, "");
  }

  public void enter() throws Exception {
    key("Enter", 13, "\r");
  }

  public void type(String text) throws Exception {
    call("Input.insertText", "text", text);
  }

  /** A screen of so many pixels. */
  public void size(int width, int height, boolean phone) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        "width",
        width,
        "height",
        height,
        "deviceScaleFactor",
        1,
        "mobile",
        phone);
  }

  /** What is seen, as a PNG. */
  public void picture(Path file) throws Exception {
    String data = call("Page.captureScreenshot", "format", "png").path("data").asText();
    Files.write(file, Base64.getDecoder().decode(data));
  }

  @Override
  public void close() {
    socket.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
