package wsp.server;

import wsp.cli.DaemonCommand;
import wsp.config.Reloader;
import wsp.daemon.DaemonMain;
import wsp.process.Signals;

/** Starts the server daemon. */
public final class ServerMain {
  private ServerMain() {}

  /** See {@code --help}. */
  public static void main(String... args) {
    Signals signals = DaemonMain.signals(args);
    System.exit(
        new DaemonMain<ServerConfig>(
                signals,
                file ->
                    new Reloader<>(
                        file, ServerConfig::of, ServerConfig::effective, ServerConfig::isLive),
                WspServer::new)
            .execute(
                new DaemonCommand.Names(
                    "wsp-server",
                    "Reverse HTTP proxy over WebSockets: the daemon that callers reach.",
                    "wsp_server.cfg"),
                () -> ServerInspection.ofProcess(), // a reference would load it at every start
                args));
  }
}
