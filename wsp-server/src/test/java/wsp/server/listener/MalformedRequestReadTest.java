package wsp.server.listener;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.http1.BodyReader;
import wsp.http1.HeadReader;
import wsp.http1.MessageException;
import wsp.http1.RequestHead;
import wsp.testing.Split;

class MalformedRequestReadTest {
  @ParameterizedTest
  @EnumSource
  void whatIsMalformedIsRefused(MalformedRequest request) {
    MessageException e =
        assertThrows(MessageException.class, () -> message(List.of(buffer(request))));
    assertEquals(request.status(), e.status());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMalformedIsRefusedByteByByteToo(MalformedRequest request) {
    MessageException e =
        assertThrows(MessageException.class, () -> message(Split.single(request.bytes())));
    assertEquals(request.status(), e.status());
  }

  private static ByteBuffer buffer(MalformedRequest request) {
    return ByteBuffer.wrap(request.bytes());
  }

  /** Head and body, as a connection decodes them. */
  private static void message(List<ByteBuffer> parts) throws MessageException {
    HeadReader<RequestHead> heads = HeadReader.ofRequests(64 << 10, 100);
    BodyReader body = null;
    for (ByteBuffer in : parts) {
      while (in.hasRemaining()) {
        if (body == null) {
          RequestHead head = heads.read(in);
          if (head != null) body = BodyReader.ofRequest(head.contentLength());
        } else {
          body.read(in);
          if (body.ended()) return;
        }
      }
    }
  }
}
