package wsp.tunnel.v2;

import wsp.envelope.EnvelopeCodec;
import wsp.envelope.EnvelopeException;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;

/**
 * The heads that one side sends and those that come to it, as JSON.
 *
 * @param <O> the head that this side sends
 * @param <I> the head that comes
 */
public interface Heads<O, I> {
  /** The server's: requests out, responses in. */
  Heads<RequestEnvelope, ResponseEnvelope> OF_SERVER =
      new Heads<>() {
        @Override
        public boolean opens() {
          return true;
        }

        @Override
        public String encode(RequestEnvelope head) {
          return EnvelopeCodec.encode(head);
        }

        @Override
        public ResponseEnvelope decode(String json) throws EnvelopeException {
          return EnvelopeCodec.decodeAnyResponse(json);
        }

        @Override
        public boolean isInterim(ResponseEnvelope head) {
          return head.isInterim();
        }
      };

  /** The client's: responses out, requests in. */
  Heads<ResponseEnvelope, RequestEnvelope> OF_CLIENT =
      new Heads<>() {
        @Override
        public boolean opens() {
          return false;
        }

        @Override
        public String encode(ResponseEnvelope head) {
          return EnvelopeCodec.encode(head);
        }

        @Override
        public RequestEnvelope decode(String json) throws EnvelopeException {
          return EnvelopeCodec.decodeRequest(json);
        }

        @Override
        public boolean isInterim(RequestEnvelope head) {
          return false;
        }
      };

  /** True at the side that opens streams. */
  boolean opens();

  /** A head of this side. */
  String encode(O head);

  /** A head of the other side. */
  I decode(String json) throws EnvelopeException;

  /** True for a head that another one will follow. */
  boolean isInterim(I head);
}
