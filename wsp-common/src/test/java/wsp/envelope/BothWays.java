package wsp.envelope;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * What the codec makes of a text is what Jackson alone makes of it: the envelope or the message.
 */
final class BothWays {
  private interface Reading {
    Object read(String json) throws EnvelopeException;
  }

  private BothWays() {}

  static void agreeOn(String json) {
    agreeOnRequest(json);
    agreeOnResponse(json);
  }

  static void agreeOnRequest(String json) {
    Object expected = outcome(EnvelopeCodec::requestByJackson, json);
    assertEquals(expected, outcome(EnvelopeCodec::decodeRequest, json), json);
  }

  static void agreeOnResponse(String json) {
    Object expected = outcome(j -> EnvelopeCodec.responseByJackson(j, 200), json);
    assertEquals(expected, outcome(EnvelopeCodec::decodeResponse, json), json);
  }

  private static Object outcome(Reading reading, String json) {
    try {
      return reading.read(json);
    } catch (EnvelopeException e) {
      return "refused: " + e.getMessage();
    }
  }
}
