package wsp.client.tunnel;

import wsp.envelope.RequestEnvelope;

/** Serves the requests that come by links. */
@FunctionalInterface
public interface Serving {
  /**
   * One that has come; nothing is sent before it is started.
   *
   * @param size of its envelope, in characters or bytes
   */
  Served begin(ClientStream stream, RequestEnvelope request, int size);

  /** Serves those of one among several servers, which may hold as much as is free. */
  default Serving ofOneServer() {
    return this;
  }
}
