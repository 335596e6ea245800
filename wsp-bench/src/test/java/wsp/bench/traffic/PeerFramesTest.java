package wsp.bench.traffic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.bench.traffic.PeerFrames.Event;

class PeerFramesTest {
  private static List<Event> events(String hex, int cut) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    PeerFrames frames = new PeerFrames();
    List<Event> events = new ArrayList<>();
    for (ByteBuffer in :
        List.of(ByteBuffer.wrap(bytes, 0, cut), ByteBuffer.wrap(bytes, cut, bytes.length - cut))) {
      while (in.hasRemaining()) {
        Event event = frames.take(in);
        if (event != Event.NONE) events.add(event);
      }
    }
    return events;
  }

  @Test
  void aRequestEndsWithTheLastFragmentOfItsBody() {
    String request = "81027b7d" + "020141" + "8900" + "000142" + "8000";
    String long16 = "81027b7d" + "827e0080" + "00".repeat(128);
    for (int cut = 0; cut <= request.length() / 2; cut++)
      assertEquals(List.of(Event.PING, Event.REQUEST), events(request, cut));
    for (int cut = 0; cut <= long16.length() / 2; cut++)
      assertEquals(List.of(Event.REQUEST), events(long16, cut));
    assertEquals(List.of(Event.CLOSE), events("880203e9", 1));
  }

  @Test
  void aPingGivesItsPayloadBack() {
    PeerFrames frames = new PeerFrames();
    assertEquals(Event.PING, frames.take(ByteBuffer.wrap(new byte[] {(byte) 0x89, 2, 65, 66})));
    assertEquals(ByteBuffer.wrap(new byte[] {65, 66}), ByteBuffer.wrap(frames.control()));
  }
}
