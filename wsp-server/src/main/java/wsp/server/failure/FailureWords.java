package wsp.server.failure;

import static java.util.Map.entry;

import java.util.Map;
import wsp.admin.LiveSource.FailureText;
import wsp.observe.Side;

/** The table of {@link ProxyError} in words for a person, for the live page. */
public final class FailureWords {
  public static final Map<String, FailureText> ALL =
      Map.ofEntries(
          words(
              ProxyError.UNREADABLE,
              "Request not readable",
              "What came was no request of HTTP/1.1, or too long, or did not come in time; the"
                  + " detail says which. Nothing of it was executed, or it was broken off.",
              "If it is none of yours, nothing. A proxy that sends the PROXY protocol or HTTP/2"
                  + " has to be told not to; a client that speaks TLS needs tls here."),
          words(
              ProxyError.UNKNOWN_PATH,
              "Unknown path",
              "The request was for a path of this server that does not exist.",
              "Let the caller send it to /request, with its URL in X-PROXY-DESTINATION. Strangers"
                  + " who look for weak web pages cause these, too."),
          words(
              ProxyError.MISSING_DESTINATION,
              "No destination",
              "The request did not say where it is to go.",
              "Let the caller send the URL in the field X-PROXY-DESTINATION."),
          words(
              ProxyError.REPEATED_DESTINATION,
              "Two destinations",
              "The field X-PROXY-DESTINATION came more than once, so it is not clear which counts.",
              "Let the caller, or a proxy before this server, send it exactly once."),
          words(
              ProxyError.INVALID_DESTINATION,
              "Unusable destination",
              "The field X-PROXY-DESTINATION holds no URL that can be read in one way only.",
              "The failure below says why. Only http and https are possible, without a user."),
          words(
              ProxyError.REPEATED_CLIENT,
              "Two choices of a client",
              "The field X-PROXY-CLIENT came more than once, so it is not clear which counts.",
              "Let the caller send it once, or not at all if any client will do."),
          words(
              ProxyError.INVALID_CLIENT,
              "Unusable choice of a client",
              "The field X-PROXY-CLIENT holds no id or label that a client could have.",
              "Let the caller send printable ASCII without spaces, such as an id from the pools."),
          words(
              ProxyError.UNAUTHORIZED,
              "No valid key",
              "This server asks callers for a key, and none came, or one that is not known.",
              "Let the caller send X-PROXY-AUTHORIZATION: Bearer with a key that stands under"
                  + " callers in the server's configuration."),
          words(
              ProxyError.PROXY_UNAUTHORIZED,
              "No valid key for the proxy",
              "A program uses this server as its proxy, which asks callers for a key, and none"
                  + " came, or one that is not known. Many programs ask once without and come again"
                  + " with their key.",
              "Put a key that stands under callers into the URL of the proxy, as its user."),
          words(
              ProxyError.INVALID_TARGET,
              "Unusable target",
              "The request line names nothing that can be requested, or be read in one way only.",
              "The failure below says what is wrong with it."),
          words(
              ProxyError.NO_ROUTE,
              "No route",
              "The host of the request has routes, and none of them has its path.",
              "If it should lead somewhere, add a route for it. Strangers cause these, too."),
          words(
              ProxyError.ROUTE_METHOD,
              "Not a method of the route",
              "The route has methods of its own, and that of the request is not one of them.",
              "If it should pass, add it to that route's methods; browsers ask with OPTIONS"
                  + " first."),
          words(
              ProxyError.SIGNATURE,
              "Not signed",
              "The route has a secret, and the request has no signature by it, or one too old.",
              "The failure below says what is wrong with it. Compare the secret with that of the"
                  + " sender. Strangers cause these, too."),
          words(
              ProxyError.WEBHOOK_TOO_LARGE,
              "Too large to be signed",
              "The route has a secret, and the body is larger than what is kept until its signature"
                  + " is judged.",
              "If the sender is meant to send so much, raise webhookbody of the server."),
          words(
              ProxyError.FORWARD_OFF,
              "Taken for a forward proxy",
              "A program uses this server as its proxy, and forwardproxy is false here.",
              "Set forwardproxy : true if it should; otherwise take this server out of the"
                  + " program's proxy settings."),
          words(
              ProxyError.FOREIGN_HOST,
              "Foreign name of this server",
              "The server is on loopback and asks for no key, and a request that a browser may have"
                  + " sent names a host that is not this machine's: a web page could send it.",
              "If it is yours, let the caller ask by localhost, an address or a name from the hosts"
                  + " file; or set callers; or list the proxy before this server in"
                  + " trustedproxies."),
          words(
              ProxyError.FOREIGN_PAGE,
              "WebSocket of another site",
              "The server is on loopback and asks for no key, and a browser wants a WebSocket on a"
                  + " route for a page of another site, which could read what comes.",
              "If it is yours, let the page be of localhost or of the host that it asks; or set"
                  + " callers; or list the proxy before this server in trustedproxies."),
          words(
              ProxyError.TUNNEL_PORT,
              "No tunnel to that port",
              "A program has asked for a tunnel by CONNECT, to a port that tunnelports does not"
                  + " list.",
              "If it should pass, add the port to tunnelports in the configuration of the server,"
                  + " and of the client. Programs ask so for every https: URL."),
          words(
              ProxyError.FORBIDDEN,
              "Forbidden by a rule",
              "A rule of the blacklist, of this server or of this caller, matches the request.",
              "If it should pass, change that rule in the server's configuration."),
          words(
              ProxyError.NOT_ALLOWED,
              "Not on the whitelist",
              "There is a whitelist, of this server or of this caller, and no rule of it matches.",
              "If it should pass, add a rule to that whitelist in the server's configuration."),
          words(
              ProxyError.DRAINING,
              "Server shutting down",
              "The server is being stopped: it finishes what runs and takes nothing new.",
              "Nothing, if that was meant. Callers may come again then, or go to another server."),
          words(
              ProxyError.TOO_MANY_CALLERS,
              "Too many callers",
              "As many callers are connected as this server takes, in all or from one address.",
              "Find out who holds so many connections; or raise maxcallers or maxcallersperaddress"
                  + " in the server's configuration. If all callers come through one load balancer,"
                  + " its address belongs into trustedproxies."),
          words(
              ProxyError.TOO_MANY_AT_ONCE,
              "Too many requests at once",
              "A caller has as many requests and tunnels under way as maxexchangespercaller"
                  + " allows.",
              "Nothing, if that is its share: it may send the request again. Or raise"
                  + " maxexchangespercaller in the server's configuration."),
          words(
              ProxyError.TOO_MUCH_TO_JUDGE,
              "Too much to judge",
              "Requests whose URLs can be read in many ways, or that costly rules have to judge,"
                  + " come faster than they can be judged: one has waited for timeout, or its"
                  + " caller has too many of them.",
              "Find out who sends such URLs; or make the rules simpler."),
          words(
              ProxyError.TOO_MANY_WAITING,
              "Queue is full",
              "Every client is full, and too many requests wait for room already.",
              "Start more clients, or raise their maxexchanges (poolmaxsize on version 1 of the"
                  + " wire); and look whether an origin has become slow."),
          words(
              ProxyError.NO_CLIENT,
              "No client available",
              "No client is registered at this server, or none with the id or label that the field"
                  + " X-PROXY-CLIENT asks for, so nobody could perform the request.",
              "Start a client with this server among its targets. If it runs, its log says why it"
                  + " cannot connect: often the address or the secret key."),
          words(
              ProxyError.NO_CONNECTION,
              "Clients are full",
              "No client that may have the request had room for it within the timeout.",
              "Start more clients, or raise their maxexchanges (poolmaxsize on version 1 of the"
                  + " wire); and look whether an origin has become slow. The server's timeout says"
                  + " how long a request waits."),
          words(
              ProxyError.CLIENT_STOPPING,
              "Client is being stopped",
              "Every client that may have the request ends what it has begun, and takes nothing"
                  + " new.",
              "Wait until it is back, or start another one; a larger pool would not help."),
          words(
              ProxyError.CLIENT_TOO_OLD,
              "Client is too old",
              "A caller asked for a tunnel or a WebSocket, and the client speaks version 1 of the"
                  + " wire, which has neither.",
              "Install the version of this server on that client, and look whether one of the"
                  + " daemons has wire : 1; until then, X-PROXY-CLIENT may name one that has it."),
          words(
              ProxyError.CLIENT_REFUSED,
              "Client has no room",
              "The client refused the request after a part of its body was sent, so that no other"
                  + " connection could carry it. It has not been executed.",
              "The failure below says why. If the client is not being stopped, raise its"
                  + " maxbuffered or its memory, or start another client; and look whether an"
                  + " origin has become slow to take bodies."),
          words(
              ProxyError.CONNECTION_LOST,
              "Client lost",
              "The connection to the client ended before the whole answer was here. The origin may"
                  + " have performed the request.",
              "Look into the log of that client: whether it was stopped or killed, or the network"
                  + " between was cut. Whether the request may be sent again, only its caller"
                  + " knows."),
          words(
              ProxyError.NO_MEMORY,
              "Server short of memory",
              "Heads of answers that have begun took all of envelopememory; or bodies that wait for"
                  + " their callers took too much of maxbuffered, and this one had paused, or was"
                  + " the largest; or connections held all of callermemory, and that of the client"
                  + " was given up. The origin may have performed the request.",
              "Look which client begins heads and does not end them or takes nothing, and which"
                  + " callers read slowly. If they are all as they should be, raise envelopememory,"
                  + " maxbuffered or callermemory, or the memory of the server."),
          words(
              ProxyError.INVALID_ANSWER,
              "Unusable answer of the client",
              "What the client sent is no valid answer, so its connection was closed.",
              "The failure below says what was wrong. See whether that client is yours, and how"
                  + " old."),
          words(
              ProxyError.ORIGIN_CUT,
              "Answer cut at the origin",
              "The client says that the origin's answer broke off in the middle; the caller has"
                  + " seen that it is cut, or was told so.",
              "Look into the origin's log, and for anything between client and origin that cuts"
                  + " long answers. The live page of the client has more, by the same request id."),
          words(
              ProxyError.ORIGIN_STALLED,
              "Origin takes nothing",
              "For the server's stalltimeout nothing more of the request's body, or of a tunnel's"
                  + " bytes, could be passed on, while the connection to the client was well.",
              "Look what the origin is busy with. If it is meant to take so long over a part of a"
                  + " request, raise stalltimeout of the server."),
          words(
              ProxyError.CALLER_LEFT,
              "Caller left",
              "The caller closed its connection before it had the whole answer; the origin's"
                  + " request was cancelled.",
              "Mostly nothing. If there are many, compare the caller's time-out with how long the"
                  + " origin takes."));

  private FailureWords() {}

  private static Map.Entry<String, FailureText> words(
      ProxyError error, String title, String what, String advice) {
    return entry(
        error.name(), new FailureText(title, error.side().words(Side.SERVER), what, advice));
  }
}
