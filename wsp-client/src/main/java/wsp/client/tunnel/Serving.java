package wsp.client.tunnel;

import wsp.envelope.RequestEnvelope;

/** Serves the requests that come by links. */
@FunctionalInterface
public interface Serving {
  /** One that has come, of so many characters or bytes; nothing is sent before it is started. */
  Served begin(ClientStream stream, RequestEnvelope request, int size);

  /** Serves those of one among several servers, which may hold as much as is free. */
  default Serving ofOneServer() {
    return this;
  }
}
