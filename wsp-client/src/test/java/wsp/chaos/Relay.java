package wsp.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The network between a client and a server: passes bytes on until it is cut, or falls silent. */
final class Relay implements AutoCloseable {
  private final ServerSocket listener;
  private final int to;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

  // Guarded by this.
  private boolean silent;

  Relay(int to) throws IOException {
    this.to = to;
    listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    Threads.start("relay", this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Connections that go through. */
  int connections() {
    return sockets.size() / 2;
  }

  private void accept() {
    while (true) {
      try {
        Socket s = listener.accept();
        Threads.start("relay-connect", () -> connect(s));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket near) {
    try {
      awaitSound();
      Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      sockets.add(near);
      sockets.add(far);
      Threads.start("relay-up", () -> pump(near, far));
      Threads.start("relay-down", () -> pump(far, near));
    } catch (IOException e) {
      close(near);
    }
  }

  private void pump(Socket from, Socket into) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      byte[] buffer = new byte[1 << 15];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        awaitSound();
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // Either end is gone, and so is the other, below.
    }
    awaitSound();
    close(from);
    close(into);
  }

  private synchronized void awaitSound() {
    try {
      while (silent) wait();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Nothing is passed on any more, not even that an end has closed; or it is again. */
  synchronized void silent(boolean now) {
    silent = now;
    notifyAll();
  }

  /** Cuts all connections. */
  void cut() {
    sockets.forEach(this::close);
  }

  private void close(Socket s) {
    sockets.remove(s);
    try {
      s.close();
    } catch (IOException e) {
      // It is gone either way.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    silent(false);
    cut();
  }
}
