package wsp.client.httpclient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import wsp.process.AcceptPause;

/** Who comes in, and who goes, when descriptors are short; time is an argument. */
class LoopbackDoorTest {
  private static final int STRANGERS = 3;
  private static final long REST = TimeUnit.MILLISECONDS.toNanos(AcceptPause.REST_MILLIS);

  private final Deque<Object> coming = new ArrayDeque<>();
  private final List<Integer> gone = new ArrayList<>();
  private Selector selector;
  private ServerSocketChannel port;
  private SelectionKey key;
  private SocketChannel guest;
  private LoopbackDoor door;

  @BeforeEach
  void open() throws Exception {
    selector = Selector.open();
    guest = SocketChannel.open();
    port = ServerSocketChannel.open();
    port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    port.configureBlocking(false);
    key = port.register(selector, SelectionKey.OP_ACCEPT);
    door = new LoopbackDoor(this::accept, key, STRANGERS);
  }

  @AfterEach
  void close() throws Exception {
    guest.close();
    port.close();
    selector.close();
  }

  private @Nullable SocketChannel accept() throws IOException {
    Object next = coming.poll();
    if (next instanceof IOException e) throw e;
    return next == null ? null : guest;
  }

  private void comes(int stranger) throws IOException {
    coming.add(stranger);
    if (door.next(0) != null) door.enters(() -> gone.add(stranger));
  }

  private void noneIsLeft() throws IOException {
    coming.add(new SocketException("Too many open files"));
    assertNull(door.next(0));
  }

  @Test
  void theEldestStrangerGoesForTheNext() throws Exception {
    for (int i = 1; i <= 5; i++) comes(i);
    assertEquals(List.of(1, 2), gone);
  }

  @Test
  void whereNoDescriptorIsLeftTheEldestStrangerGoesAndThePortStaysOpen() throws Exception {
    comes(1);
    comes(2);
    noneIsLeft();
    assertEquals(List.of(1), gone);
    assertEquals(SelectionKey.OP_ACCEPT, key.interestOps());
    noneIsLeft();
    assertEquals(List.of(1, 2), gone);
    assertEquals(SelectionKey.OP_ACCEPT, key.interestOps());
  }

  @Test
  void withNoStrangerToGoThePortRestsAndIsTriedAgain() throws Exception {
    noneIsLeft();
    assertEquals(0, key.interestOps());
    assertEquals(AcceptPause.REST_MILLIS, door.selectMillis(500));
    door.tick(REST - 1);
    assertEquals(0, key.interestOps());
    door.tick(REST);
    assertEquals(SelectionKey.OP_ACCEPT, key.interestOps());
    assertEquals(500, door.selectMillis(500));
  }

  @Test
  void anotherFaultCostsNoStrangerItsConnection() throws Exception {
    comes(1);
    coming.add(new IOException("Protocol error"));
    assertNull(door.next(0));
    assertEquals(List.of(), gone);
    assertEquals(0, key.interestOps());
  }
}
