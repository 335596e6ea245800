package wsp.client.serve;

import static java.util.Map.entry;

import java.util.Map;
import wsp.admin.LiveSource.FailureText;
import wsp.client.origin.Failure;
import wsp.observe.Outcomes;
import wsp.observe.Side;

/** The table of {@link Failure} in words for a person, for the live page. */
public final class FailureWords {
  /** By the names of the table. */
  public static final Map<String, FailureText> ALL =
      Map.ofEntries(
          words(
              Failure.INVALID_DESTINATION,
              "Unusable destination",
              "The destination is no URL that can be read in one way only.",
              "The failure below says what is wrong with it; the caller has to change it."),
          words(
              Failure.METHOD,
              "Unusable method",
              "The method would make something else than a request for a URL of what the origin"
                  + " gets: CONNECT a tunnel, PRI another protocol.",
              "Send the request with the method that the URL is meant for."),
          words(
              Failure.UPGRADE,
              "Unusable protocol",
              "The request asks to go on with a protocol that this client asks no origin for, such"
                  + " as another version of HTTP, and that its server has passed on.",
              "Take it out of upgrades in the server's configuration, or send the request without"
                  + " Upgrade."),
          words(
              Failure.TUNNEL_PORT,
              "No tunnel to that port",
              "A caller asked for a tunnel to a port that tunnelports of this client does not"
                  + " list.",
              "If callers should reach that port, add it to tunnelports in this client's"
                  + " configuration."),
          words(
              Failure.FORBIDDEN,
              "Forbidden by a rule",
              "A rule of this client's blacklist matches the request.",
              "If it should pass, change that rule in the client's configuration."),
          words(
              Failure.NOT_ALLOWED,
              "Not on the whitelist",
              "This client has a whitelist, and no rule of it matches the request.",
              "If it should pass, add a rule to the whitelist in the client's configuration."),
          words(
              Failure.UNKNOWN_HOST,
              "Host not found",
              "The name of the origin has no address, as seen from this client.",
              "Resolve the name on the client's machine: it may be misspelt, or known in another"
                  + " network only."),
          words(
              Failure.NO_NAME_SERVER,
              "No name server",
              "No name server has told this client in time whether the name of the origin has an"
                  + " address.",
              "Look at the name servers of this client's machine, if it does not pass by itself."),
          words(
              Failure.PROHIBITED_ADDRESS,
              "Prohibited address",
              "The origin has an address that this client may not connect to.",
              "Ask explain -resolve of this client which list keeps it away: denyaddresses, which"
                  + " goes first and has those of cloud metadata by default, or an allowaddresses"
                  + " that does not have it. This client's own admin port is nobody's origin."),
          words(
              Failure.REFUSED,
              "Connection refused",
              "Nothing listens at the address and port of the origin.",
              "Look whether the origin runs, and whether the port in the URL is right."),
          words(
              Failure.UNREACHABLE,
              "Unreachable",
              "There is no way from this client to the address of the origin.",
              "Look at routes and firewalls between the client and the origin."),
          words(
              Failure.NO_DESCRIPTOR,
              "No descriptor left",
              "This client may not open one more file or connection.",
              "Raise ulimit -n (LimitNOFILE of systemd), or allow fewer connections; its log says"
                  + " at the start whether the limit is too low."),
          words(
              Failure.NO_MEMORY,
              "Too much memory",
              "The heads of the requests that run, those of answers that are not whole, or answers"
                  + " that are not taken, have all the memory for them.",
              "Raise envelopememory, or give the client a larger heap (-Xmx); or find out who sends"
                  + " such heads, or takes no answers."),
          words(
              Failure.TOO_MUCH_TO_JUDGE,
              "Too much to judge",
              "Requests whose URLs can be read in many ways, or that costly rules have to judge,"
                  + " come faster than they can be judged: one has waited for connecttimeout.",
              "Find out who sends such URLs; or make the rules simpler."),
          words(
              Failure.NO_PORT,
              "No port left",
              "This client's machine has no local port left for one more connection to the origin.",
              "Widen net.ipv4.ip_local_port_range; or let the origin keep connections open, so that"
                  + " fewer are made."),
          words(
              Failure.CONNECT_TIMEOUT,
              "No connection in time",
              "The origin did not take the connection within connecttimeout.",
              "Often a firewall that drops packets, or an origin that is overloaded or down."),
          words(
              Failure.TLS,
              "TLS failed",
              "The origin and this client could not agree on how to encrypt.",
              "Look whether the origin speaks TLS 1.2 or 1.3 at that port, and not plain HTTP."),
          words(
              Failure.CERTIFICATE_EXPIRED,
              "Certificate expired",
              "The origin's certificate, or one that it depends on, is out of date.",
              "Renew it at the origin; the failure below has the date."),
          words(
              Failure.CERTIFICATE_NOT_YET_VALID,
              "Certificate not valid yet",
              "The origin's certificate is valid from a later date on.",
              "Compare the clocks of the client and of the origin with the date in the failure"
                  + " below."),
          words(
              Failure.CERTIFICATE_WRONG_NAME,
              "Certificate for another name",
              "The origin's certificate is valid, but not for the name in the URL.",
              "Use one of its names, which the failure below has, or give the origin another one."),
          words(
              Failure.CERTIFICATE_SELF_SIGNED,
              "Self-signed certificate",
              "The origin's certificate is signed by itself, and not known to this client.",
              "If that is meant, name its file in origincafile in the client's configuration."),
          words(
              Failure.CERTIFICATE_UNKNOWN_AUTHORITY,
              "Unknown authority",
              "The origin's certificate leads to an authority that this client does not trust.",
              "If it is your own, name its file in origincafile in the client's configuration."),
          words(
              Failure.CERTIFICATE_UNKNOWN_ISSUER,
              "Issuer not known",
              "The issuer of the origin's certificate is neither trusted nor sent along with it.",
              "Let the origin send its intermediate certificates; or name the authority in"
                  + " origincafile."),
          words(
              Failure.CERTIFICATE,
              "Certificate not accepted",
              "The origin's certificate breaks a rule of certificates.",
              "The failure below says which; the origin needs another certificate."),
          words(
              Failure.CLOSED_EARLY,
              "Closed without an answer",
              "The origin closed the connection before it answered.",
              "Look into the origin's log: it may have crashed or been restarted."),
          words(
              Failure.NO_ANSWER,
              "No answer in time",
              "The origin took the request and did not answer within responsetimeout, or began to"
                  + " and did not end the head of its answer within stalltimeout.",
              "Look what keeps the origin; if it needs that long, raise responsetimeout, or"
                  + " stalltimeout, in the client's configuration."),
          words(
              Failure.INVALID_RESPONSE,
              "Unusable answer",
              "What the origin sent is not valid HTTP.",
              "The failure below says what was wrong. Perhaps something else than HTTP, or HTTPS,"
                  + " is at that port."),
          words(
              Failure.LARGE_HEAD,
              "Answer's head too large",
              "The fields of the answer are larger than this client takes.",
              "Look what the origin puts there: often cookies that grow."),
          words(
              Failure.UNKNOWN_CODING,
              "Unknown transfer coding",
              "The answer is framed in a way that this client does not know; only chunked is.",
              "Turn that coding off at the origin."),
          words(
              Failure.CONNECTION_AUTH,
              "Login of a connection",
              "The origin authenticates connections (NTLM, or Negotiate in several steps), and the"
                  + " server does not tell which caller's connection a request came on.",
              "Let both daemons speak version 2 of the wire, without a proxy before the server; or"
                  + " let the origin offer another scheme, or Kerberos in one step."),
          words(
              Failure.CUT_BODY,
              "Answer cut off",
              "The origin's answer broke off in the middle; the caller has seen that it is cut.",
              "Look into the origin's log, and for anything between that cuts long answers."),
          words(
              Failure.WRONG_LENGTH,
              "Body of another length",
              "The body that the server sent is not as long as it had said; the connection was"
                  + " closed.",
              "Look which version of the server this is, and report it if it is the current one."),
          words(
              Failure.ENGINE,
              "Not with this engine",
              "This client runs with engine : httpclient, which cannot perform the request as it"
                  + " is, or read its answer.",
              "The failure below says what it is; docs/engines.md has why. With engine : own, it"
                  + " works."),
          words(
              Failure.INTERNAL,
              "Internal error",
              "This client could not perform the request, or is being stopped.",
              "Look into its log at that time, and report what is there."),
          entry(
              Outcomes.CANCELLED,
              new FailureText(
                  "Cancelled",
                  "the caller or the server",
                  "The server closed the connection, so nobody wants the answer any more; the"
                      + " origin's request was cancelled.",
                  "Mostly the caller has left: the live page of the server knows, by the same"
                      + " request id.")));

  private FailureWords() {}

  private static Map.Entry<String, FailureText> words(
      Failure failure, String title, String what, String advice) {
    String side = failure.side().words(Side.CLIENT);
    return entry(failure.name(), new FailureText(title, side, what, advice));
  }
}
