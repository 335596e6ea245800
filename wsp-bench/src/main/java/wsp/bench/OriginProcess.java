package wsp.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import wsp.bench.traffic.Origin;

/** The origin, in a process of its own so that its files and its collections are its own. */
final class OriginProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  OriginProcess() throws IOException {
    process =
        new ProcessBuilder(
                Daemon.java(),
                "-classpath",
                Objects.requireNonNull(System.getProperty("java.class.path")),
                Origin.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    port = Integer.parseInt(Objects.requireNonNull(out.readLine(), "the origin did not start"));
  }

  String url(String path) {
    return "http://127.0.0.1:" + port + path;
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
