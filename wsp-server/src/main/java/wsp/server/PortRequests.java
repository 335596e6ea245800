package wsp.server;

import java.util.function.Supplier;
import wsp.http1.RequestHead;
import wsp.server.forward.RequestHandler;
import wsp.server.listener.Caller;
import wsp.server.listener.Remote;
import wsp.server.listener.RequestListener;
import wsp.server.pool.RegisterEndpoint;

/** Where each kind of arrival at the port goes. Safe for all threads. */
final class PortRequests implements RequestListener {
  private final RequestHandler requestHandler;
  private final RegisterEndpoint registerEndpoint;
  private final Supplier<ServerConfig> config;

  PortRequests(
      RequestHandler requestHandler,
      RegisterEndpoint registerEndpoint,
      Supplier<ServerConfig> config) {
    this.requestHandler = requestHandler;
    this.registerEndpoint = registerEndpoint;
    this.config = config;
  }

  @Override
  public void onRequest(Caller caller) {
    requestHandler.handle(caller);
  }

  @Override
  public void onOverload(Caller caller) {
    requestHandler.overload(caller);
  }

  @Override
  public void onUnread(Remote remote, Refusal told) {
    requestHandler.unread(remote, told);
  }

  @Override
  public boolean isRegistration(RequestHead head) {
    return requestHandler.isRegistration(head);
  }

  @Override
  public Judgement onRegister(RequestHead head, Remote remote, boolean verified) {
    if (requestHandler.draining()) return Shutdown.refusal();
    String from = config.get().requests().forwarding().caller(remote, head.headers());
    return registerEndpoint.judge(head, from, verified);
  }
}
