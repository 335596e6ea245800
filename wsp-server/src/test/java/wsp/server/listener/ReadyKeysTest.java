package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadyKeysTest {
  private static final long LONG_MILLIS = 60_000;

  private final ReadyKeys ready = new ReadyKeys();
  private Selector selector;
  private Pipe one;
  private Pipe other;

  @BeforeEach
  void open() throws IOException {
    selector = Selector.open();
    one = Pipe.open();
    other = Pipe.open();
  }

  @AfterEach
  void close() throws IOException {
    for (Pipe pipe : new Pipe[] {one, other}) {
      pipe.source().close();
      pipe.sink().close();
    }
    selector.close();
  }

  private SelectionKey register(Pipe pipe) throws IOException {
    pipe.source().configureBlocking(false);
    return pipe.source().register(selector, SelectionKey.OP_READ);
  }

  private static void say(Pipe pipe) throws IOException {
    pipe.sink().write(ByteBuffer.allocate(1));
  }

  @Test
  void areThoseThatAreReadyEachOnce() throws IOException {
    SelectionKey first = register(one);
    SelectionKey second = register(other);
    say(one);
    ready.select(selector, LONG_MILLIS);
    assertEquals(List.of(first), List.copyOf(ready));
    say(other);
    ready.select(selector, LONG_MILLIS);
    assertEquals(2, ready.size());
    assertEquals(Set.of(first, second), Set.copyOf(ready));
    assertTrue(first.isReadable());
  }

  @Test
  void leaveNothingBehindForTheNextRound() throws IOException {
    register(one);
    say(one);
    ready.select(selector, LONG_MILLIS);
    one.source().read(ByteBuffer.allocate(1));
    ready.select(selector, 0);
    assertTrue(ready.isEmpty());
    assertTrue(selector.selectedKeys().isEmpty());
  }

  @Test
  void areComeBackToIfNobodySawToThem() throws IOException {
    SelectionKey key = register(one);
    say(one);
    ready.select(selector, LONG_MILLIS);
    ready.clear();
    assertTrue(ready.isEmpty());
    ready.select(selector, LONG_MILLIS);
    assertEquals(List.of(key), List.copyOf(ready));
  }

  @Test
  void areNoneForAWakeUp() throws IOException {
    register(one);
    selector.wakeup();
    ready.select(selector, LONG_MILLIS);
    assertTrue(ready.isEmpty());
  }
}
