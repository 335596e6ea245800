package wsp.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressRange;
import wsp.envelope.FieldNames;
import wsp.envelope.Headers;
import wsp.limit.PerAddress;
import wsp.runtime.LogText;
import wsp.server.listener.Remote;

/**
 * What is believed, and told, of the way of a request before this server: {@code X-Forwarded-*} and
 * {@code Forwarded} (RFC 7239). Anybody can send these fields, so they count only if they come from
 * a proxy that is trusted. Immutable; safe for all threads.
 *
 * @param trusted the proxies in front of this server
 * @param add whether the origin is told who called
 */
record Forwarding(List<AddressRange> trusted, boolean add) {
  private static final String FOR = "X-Forwarded-For";
  private static final String PREFIX = "x-forwarded-";
  private static final FieldNames OTHERS = FieldNames.of("forwarded", "x-real-ip");
  private static final Pattern FORWARDED_FOR =
      Pattern.compile("(?:^|[;,\\s])for=(?:\"([^\"]*)\"|([^;,\\s]*))", Pattern.CASE_INSENSITIVE);
  private static final int LOGGED_CHARS = 100;

  /** Who called, for logs: behind a trusted proxy, whom that names. */
  String caller(Remote remote, Headers headers) {
    if (!trusts(remote.address())) return remote.toString();
    String caller = namedBy(headers);
    return caller.isEmpty()
        ? remote.toString()
        : LogText.escape(caller, LOGGED_CHARS) + " through " + remote;
  }

  private String namedBy(Headers headers) {
    List<String> hops = hops(headers);
    // The last hop was written by the proxy before this server; those before it are as good as the
    // proxies behind which they stand.
    String caller = "";
    for (int i = hops.size() - 1; i >= 0; i--) {
      caller = hops.get(i);
      if (!trusts(caller)) break;
    }
    return caller;
  }

  /**
   * What a request counts as that comes from a trusted proxy, which serves many: the address that
   * it names; null for one that comes from somewhere else, or for which it names none.
   */
  @Nullable Object named(Remote remote, Headers headers) {
    if (trusted.isEmpty() || !trusts(remote.address())) return null;
    String caller = namedBy(headers);
    if (caller.isEmpty()) return null;
    InetAddress address = address(caller);
    return address == null ? caller : PerAddress.key(address);
  }

  private static List<String> hops(Headers headers) {
    List<String> hops = new ArrayList<>();
    for (String field : headers.all(FOR)) {
      for (String hop : field.split(",", -1)) hops.add(hop.strip());
    }
    if (!hops.isEmpty()) return hops;
    for (String field : headers.all("Forwarded")) {
      Matcher m = FORWARDED_FOR.matcher(field);
      while (m.find()) hops.add(m.group(1) == null ? m.group(2) : m.group(1));
    }
    return hops;
  }

  private boolean trusts(@Nullable InetAddress address) {
    if (address == null) return false;
    for (AddressRange range : trusted) if (range.contains(address)) return true;
    return false;
  }

  /** True for an address of a trusted proxy; whatever is no address is nobody's. */
  private boolean trusts(String hop) {
    return trusts(address(hop));
  }

  private static @Nullable InetAddress address(String hop) {
    try {
      // Only what is known to be a literal: a name would be looked up.
      var unused = AddressRange.parse(hop);
      return hop.indexOf('/') < 0 ? InetAddress.getByName(hop) : null;
    } catch (IllegalArgumentException | UnknownHostException e) {
      return null;
    }
  }

  /**
   * What goes on of a request's fields, and what is judged of them. Fields of the caller's hop are
   * gone first: later, {@code Connection} would name what this server has added.
   */
  Headers passedOn(Headers received, Remote remote) {
    Headers headers = received.endToEnd();
    Headers believed = trusts(remote.address()) ? headers : headers.without(Forwarding::isOne);
    return add ? extended(believed, remote) : believed;
  }

  private static boolean isOne(String name) {
    // Each of them begins with one of these; most names do not, and need no more looking at.
    int first = name.isEmpty() ? 0 : name.charAt(0) | 0x20;
    if (first != 'x' && first != 'f') return false;
    // Many an origin cannot tell the two (RFC 3875 §4.1.18).
    String dashed = name.replace('_', '-');
    return dashed.regionMatches(true, 0, PREFIX, 0, PREFIX.length()) || OTHERS.test(dashed);
  }

  private static Headers extended(Headers headers, Remote remote) {
    List<String> hops = new ArrayList<>(headers.all(FOR));
    InetAddress address = remote.address();
    hops.add(address == null ? "unknown" : address.getHostAddress());
    Headers.Builder b = new Headers.Builder();
    headers.without(FOR::equalsIgnoreCase).forEach(b::add);
    b.add(FOR, String.join(", ", hops));
    if (!headers.has("X-Forwarded-Proto"))
      b.add("X-Forwarded-Proto", remote.secure() ? "https" : "http");
    String host = headers.first("Host");
    if (!headers.has("X-Forwarded-Host") && host != null) b.add("X-Forwarded-Host", host);
    return b.build();
  }
}
