package wsp.server.forward;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressRange;
import wsp.address.AddressText;
import wsp.destination.IpLiteral;
import wsp.envelope.FieldLists;
import wsp.envelope.FieldNames;
import wsp.envelope.Headers;
import wsp.limit.PerAddress;
import wsp.log.LogText;
import wsp.server.listener.Remote;
import wsp.text.Ascii;

/**
 * Reads and extends the fields that tell the way of a request before this server: {@code
 * X-Forwarded-*} and {@code Forwarded} (RFC 7239). Every caller can send these fields, so they
 * count only if they come from a proxy that is trusted; and of the two kinds one is believed, and
 * the other told only where it says the same. {@code X-Forwarded-For} goes first: a proxy that
 * writes it may pass on a {@code Forwarded} that its caller made up. Immutable; safe for all
 * threads.
 *
 * @param trusted the proxies in front of this server
 * @param add whether the origin is told who called
 * @param via this server's name in {@code Via} (RFC 9110 §7.6.3); empty: there is none
 */
public record Forwarding(List<AddressRange> trusted, boolean add, String via) {
  private static final String FOR = "X-Forwarded-For";
  private static final String PROTO = "X-Forwarded-Proto";
  private static final String HOST = "X-Forwarded-Host";
  private static final String REAL_IP = "X-Real-IP";
  private static final String FORWARDED = "Forwarded";
  private static final String VIA = "Via";
  private static final FieldNames FORWARDED_FIELD = FieldNames.of(FORWARDED);
  private static final FieldNames REAL_IP_FIELD = FieldNames.of(REAL_IP);
  private static final int LOGGED_CHARS = 100;

  /** The caller, for logs: behind a trusted proxy, the one that the proxy names. */
  public String caller(Remote remote, Headers headers) {
    if (!trusts(remote.address())) return remote.toString();
    String caller = namedBy(headers);
    return caller.isEmpty()
        ? remote.toString()
        : LogText.escape(caller, LOGGED_CHARS) + " through " + remote;
  }

  private String namedBy(Headers headers) {
    List<String> hops = headers.elements(FOR);
    if (hops.isEmpty()) hops = nodes(ForwardedHop.parse(headers.all(FORWARDED)));
    int at = believed(hops);
    return at < 0 ? "" : hops.get(at);
  }

  /**
   * The key by which a request from a trusted proxy is counted, which serves many callers: the
   * address that it names, without the port; null for one that comes from somewhere else, or for
   * which it names none.
   */
  @Nullable Object named(Remote remote, Headers headers) {
    if (trusted.isEmpty() || !trusts(remote.address())) return null;
    String caller = namedBy(headers);
    if (caller.isEmpty()) return null;
    InetAddress address = IpLiteral.of(ForwardedHop.address(caller));
    return address == null ? caller : PerAddress.key(address);
  }

  /**
   * The place of the caller; -1 where there is none. The last hop was written by the proxy before
   * this server; those before it are as good as the proxies behind which they stand.
   */
  private int believed(List<String> hops) {
    int at = hops.size() - 1;
    while (at > 0 && trusts(ForwardedHop.address(hops.get(at)))) at--;
    return at;
  }

  private static List<String> nodes(List<ForwardedHop> hops) {
    return hops.stream().map(ForwardedHop::node).filter(node -> !node.isEmpty()).toList();
  }

  /** True for one of the proxies in front of this server. */
  boolean trusts(@Nullable InetAddress address) {
    if (address == null) return false;
    for (AddressRange range : trusted) if (range.contains(address)) return true;
    return false;
  }

  /** True for an address of a trusted proxy; false for a text that is no address. */
  private boolean trusts(String hop) {
    return trusts(IpLiteral.of(hop));
  }

  /**
   * The fields of a request that go on, and that the rules judge. Fields of the caller's hop are
   * gone first.
   */
  public Headers passedOn(Headers received, Remote remote) {
    Headers headers = received.endToEnd();
    boolean trusted = trusts(remote.address());
    Headers believed = trusted ? oneStory(headers) : headers.without(FieldLists::tellsTheWay);
    return add ? extended(believed, remote) : believed;
  }

  /** An origin may take it for one that the proxy wrote, who may not know it at all. */
  private static boolean isMisspelled(String name) {
    return FieldLists.tellsTheWay(name)
        && !Ascii.startsWithIgnoreCase(name, "X-Forwarded-")
        && !Ascii.equalsIgnoreCase(name, FORWARDED)
        && !Ascii.equalsIgnoreCase(name, REAL_IP);
  }

  /**
   * What the proxy has written, or may have: of the two kinds the one that is believed, and of the
   * other only what the believed one says in so many words. A proxy that writes one kind hands the
   * other on as its caller has made it up, who knows its own address: that both name it proves
   * nothing of what else the other kind says.
   */
  private Headers oneStory(Headers received) {
    Headers headers = received.without(Forwarding::isMisspelled);
    List<String> lines = ForwardedHop.readable(headers.all(FORWARDED));
    List<ForwardedHop> hops = ForwardedHop.parse(lines);
    List<String> listed = headers.elements(FOR);
    if (!listed.isEmpty()) {
      String caller = listed.get(believed(listed));
      Headers others =
          saysOnly(headers, REAL_IP, caller) ? headers : headers.without(REAL_IP_FIELD);
      boolean whole = lines.equals(headers.all(FORWARDED));
      return whole && agrees(headers, listed, hops) ? others : others.without(FORWARDED_FIELD);
    }
    if (hops.isEmpty()) return headers.without(FORWARDED_FIELD);
    ForwardedHop caller = caller(hops);
    Headers told = headers.without(n -> !isTold(headers, n, caller));
    return lines.equals(headers.all(FORWARDED))
        ? told
        : told.with(FORWARDED, String.join(", ", lines));
  }

  /** True if these hops say nothing beyond what the other fields say, too. */
  private boolean agrees(Headers headers, List<String> listed, List<ForwardedHop> hops) {
    if (hops.isEmpty()) return false;
    List<String> nodes = nodes(hops).stream().map(ForwardedHop::address).toList();
    if (!listed.stream().map(ForwardedHop::address).toList().equals(nodes)) return false;
    ForwardedHop caller = caller(hops);
    for (ForwardedHop hop : hops) {
      if (hop.more()) return false;
      boolean says = !hop.proto().isEmpty() || !hop.host().isEmpty();
      if (says && !hop.equals(caller)) return false;
    }
    return (caller.proto().isEmpty() || says(headers, PROTO, caller.proto()))
        && (caller.host().isEmpty() || says(headers, HOST, caller.host()));
  }

  /** True for a field that is none of the way, or says what this hop of {@code Forwarded} does. */
  private static boolean isTold(Headers headers, String name, ForwardedHop caller) {
    if (!FieldLists.tellsTheWay(name) || FORWARDED_FIELD.test(name)) return true;
    if (Ascii.equalsIgnoreCase(name, PROTO)) return says(headers, PROTO, caller.proto());
    if (Ascii.equalsIgnoreCase(name, HOST)) return says(headers, HOST, caller.host());
    return REAL_IP_FIELD.test(name) && saysOnly(headers, REAL_IP, caller.node());
  }

  /** True if each field of this name says that, and there is one. */
  private static boolean says(Headers headers, String name, String value) {
    for (String said : headers.all(name)) if (!Ascii.equalsIgnoreCase(said, value)) return false;
    return headers.has(name);
  }

  /** True if no field of this name names another address, or another name, than this node. */
  private static boolean saysOnly(Headers headers, String name, String node) {
    InetAddress one = IpLiteral.of(ForwardedHop.address(node));
    for (String said : headers.all(name)) {
      boolean same =
          one == null
              ? Ascii.equalsIgnoreCase(said, node)
              : one.equals(IpLiteral.of(ForwardedHop.address(said)));
      if (!same) return false;
    }
    return true;
  }

  /** The element about the caller; one that says nothing where there is none. */
  private ForwardedHop caller(List<ForwardedHop> hops) {
    List<ForwardedHop> named = hops.stream().filter(hop -> !hop.node().isEmpty()).toList();
    int at = believed(nodes(named));
    return at < 0 ? ForwardedHop.SILENT : named.get(at);
  }

  private Headers extended(Headers headers, Remote remote) {
    List<ForwardedHop> forwarded = ForwardedHop.parse(headers.all(FORWARDED));
    ForwardedHop caller = caller(forwarded);
    List<String> hops = new ArrayList<>(headers.all(FOR));
    hops.removeIf(String::isEmpty);
    if (hops.isEmpty()) nodes(forwarded).forEach(node -> hops.add(ForwardedHop.address(node)));
    InetAddress address = remote.address();
    String from = address == null ? "unknown" : AddressText.withoutZone(address);
    hops.add(from);
    String proto = remote.secure() ? "https" : "http";
    String host = headers.first("Host");
    Headers.Builder b = new Headers.Builder();
    headers.without(n -> FieldNames.areAlike(n, FOR) || FORWARDED_FIELD.test(n)).forEach(b::add);
    b.add(FOR, String.join(", ", hops));
    if (!headers.has(PROTO))
      b.add(PROTO, ForwardedHop.isPlain(caller.proto(), "+.-") ? caller.proto() : proto);
    String asked = ForwardedHop.isPlain(caller.host(), "._:[]-") ? caller.host() : host;
    if (!headers.has(HOST) && asked != null) b.add(HOST, asked);
    if (!forwarded.isEmpty()) {
      List<String> elements = new ArrayList<>(headers.all(FORWARDED));
      elements.add(ForwardedHop.element(from, proto, host));
      b.add(FORWARDED, String.join(", ", elements));
    }
    return b.build();
  }

  /**
   * These with this server in {@code Via}, where it is to stand there; server and client are one
   * proxy to HTTP.
   *
   * @param http11 by which version the message came; otherwise HTTP/1.0
   */
  Headers withVia(Headers headers, boolean http11) {
    return via.isEmpty() ? headers : headers.and(Headers.of(VIA, (http11 ? "1.1 " : "1.0 ") + via));
  }
}
