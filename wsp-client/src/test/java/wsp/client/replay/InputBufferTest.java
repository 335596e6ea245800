package wsp.client.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputBufferTest {
  /** Of a connection beside, on the same thread. */
  private final InputBuffer other = new InputBuffer(false);

  @ParameterizedTest
  @CsvSource({
    // taken, last, a copy waits, whether the thread may use the buffer again
    "true,  false, false, true",
    "false, false, false, false",
    "false, true,  false, false",
    "false, false, true,  true",
    "false, true,  true,  true",
  })
  void aPieceThatWaitsKeepsItsBufferUnlessItIsACopy(
      boolean taken, boolean last, boolean copies, boolean again) {
    InputBuffer mine = new InputBuffer(false);
    ByteBuffer read = mine.take();
    mine.handedOn(taken, last, copies);
    mine.giveBack(read);
    assertEquals(taken, mine.isFree());
    ByteBuffer next = other.take();
    if (again) assertSame(read, next);
    else assertNotSame(read, next);
    other.giveBack(next);
  }
}
