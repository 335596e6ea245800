package wsp.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import wsp.limit.Budget;

class TextMessageTest {
  private static final int MOST = 1000;

  private final Budget memory = new Budget(1000);
  private final TextMessage text = new TextMessage(MOST, memory);

  private static void refused(TextMessage to, String piece, boolean last) {
    assertEquals(
        1009,
        assertThrows(ProtocolViolationException.class, () -> to.add(piece, last)).closeCode());
  }

  @Test
  void piecesAreOneMessageAndTheNextIsAnother() throws Exception {
    assertEquals("whole", text.add("whole", true));
    assertNull(text.add("", false));
    assertTrue(text.isEmpty());
    assertNull(text.add("a\u00e9", false));
    assertFalse(text.isEmpty());
    assertEquals("a\u00e9\ud83d\ude00", text.add("\ud83d\ude00", true));
    assertTrue(text.isEmpty());
    assertEquals("", text.add("", true));
    assertEquals(0, memory.used());
  }

  @Test
  void aMessageIsRefusedAsSoonAsItIsTooLong() throws Exception {
    assertEquals(MOST, new TextMessage(MOST, memory).add("a".repeat(MOST), true).length());
    refused(text, "a".repeat(MOST + 1), true);
    assertNull(text.add("a".repeat(600), false));
    refused(text, "a".repeat(600), false);
  }

  @Test
  void messagesThatAreNotWholeShareTheMemory() throws Exception {
    assertNull(text.add("a".repeat(600), false));
    refused(new TextMessage(MOST, memory), "a".repeat(600), false);
    assertEquals(600, memory.used(), "what was refused counts no longer");
    text.drop();
    TextMessage third = new TextMessage(MOST, new Budget(1000));
    assertNull(third.add("a".repeat(300), false));
    assertEquals("a".repeat(300) + "b", third.add("b", true));
  }

  @Test
  void charactersOfTwoBytesCountAsThat() throws Exception {
    assertNull(text.add("a".repeat(200), false));
    assertTrue(memory.used() < 400, "used " + memory.used());
    assertNull(text.add("\u20ac", false));
    assertTrue(memory.used() >= 402, "used " + memory.used());
    text.drop();
    assertEquals(0, memory.used());
  }
}
