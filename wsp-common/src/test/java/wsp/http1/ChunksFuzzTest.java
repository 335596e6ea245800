package wsp.http1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;
import wsp.testing.Seeds;
import wsp.testing.Split;

/**
 * What holds of the chunks of either role: they are read alike wherever the network cuts them, and
 * what is accepted of a request is accepted of a response, with the same content. Here for the
 * seeds; under the profile {@code fuzz} a fuzzer looks for more. The first byte of the input says
 * how the rest is cut.
 */
public class ChunksFuzzTest {
  @ParameterizedTest
  @ArgumentsSource(Seeds.class)
  void holdsOfTheSeed(byte[] seed) {
    fuzzerTestOneInput(seed);
  }

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) return;
    byte[] sent = Arrays.copyOfRange(input, 1, input.length);
    Reading request = read(() -> BodyReader.ofRequest(BodyReader.CHUNKED), sent, input[0]);
    Reading response = read(() -> BodyReader.ofResponse(BodyReader.CHUNKED), sent, input[0]);
    if (request.fault == null) assertEquals(request, response);
    else assertTrue(response.content.startsWith(request.content), "another content");
  }

  private static Reading read(Supplier<BodyReader> reader, byte[] sent, byte seed) {
    Random cuts = new Random(seed);
    Reading whole = Reading.of(reader.get(), List.of(ByteBuffer.wrap(sent.clone())));
    assertEquals(whole, Reading.of(reader.get(), Split.single(sent)));
    List<ByteBuffer> parts = Split.randomly(sent, cuts, 1 + cuts.nextInt(64));
    assertEquals(whole, Reading.of(reader.get(), parts));
    return whole;
  }

  /** A body, read as far as it goes. */
  private record Reading(String content, int read, boolean ended, @Nullable String fault) {
    static Reading of(BodyReader reader, List<ByteBuffer> parts) {
      StringBuilder content = new StringBuilder();
      int read = 0;
      try {
        for (ByteBuffer in : parts) {
          while (in.hasRemaining() && !reader.ended()) {
            ByteBuffer piece = reader.read(in);
            if (piece != null) content.append(StandardCharsets.ISO_8859_1.decode(piece));
          }
          read += in.position();
        }
        return new Reading(content.toString(), read, reader.ended(), null);
      } catch (MessageException e) {
        return new Reading(content.toString(), 0, false, e.getMessage());
      }
    }
  }
}
