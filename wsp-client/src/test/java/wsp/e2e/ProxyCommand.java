package wsp.e2e;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What {@code ssh} may run to reach a host by a proxy's CONNECT, as {@code nc -X connect} does: its
 * input goes there, and what comes from there is its output.
 */
final class ProxyCommand {
  private ProxyCommand() {}

  /** The arguments are the port of the proxy, on this machine, and the host and port to reach. */
  public static void main(String[] args) throws IOException {
    try (Caller proxy = new Caller(Integer.parseInt(args[0]));
        OutputStream out = new FileOutputStream(FileDescriptor.out)) {
      String to = args[1] + ":" + args[2];
      proxy.send("CONNECT " + to + " HTTP/1.1\r\nHost: " + to + "\r\n\r\n");
      int status = proxy.answerHead().status;
      if (status != 200) throw new IOException("the proxy says " + status);
      Thread up = new Thread(() -> up(proxy), "up");
      up.setDaemon(true);
      up.start();
      proxy.in.transferTo(out);
    }
  }

  private static void up(Caller proxy) {
    try {
      System.in.transferTo(proxy.out);
      RawStage.half(proxy);
    } catch (IOException e) {
      // The other way ends as well.
    }
  }
}
