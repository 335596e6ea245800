package wsp.client;

import wsp.cli.DaemonCommand;
import wsp.daemon.DaemonMain;
import wsp.process.Signals;

/** Starts the client daemon. */
public final class ClientMain {
  private ClientMain() {}

  public static void main(String... args) {
    Signals signals = DaemonMain.signals(args);
    System.exit(
        new DaemonMain<ClientConfig>(signals, ClientConfig::reloader, WspClient::new)
            .execute(
                new DaemonCommand.Names(
                    "wsp-client",
                    "Reverse HTTP proxy over WebSockets: the daemon beside the APIs.",
                    "wsp_client.cfg"),
                () -> ClientInspection.ofProcess(), // a reference would load it at every start
                args));
  }
}
