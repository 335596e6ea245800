package wsp.server.forward;

import java.nio.ByteBuffer;
import java.util.List;
import wsp.envelope.FieldLists;
import wsp.envelope.Headers;
import wsp.http1.HeadWriter;
import wsp.http1.RequestHead;
import wsp.server.listener.Caller;
import wsp.text.Ascii;

/**
 * Requests that are meant for this server itself, and how it answers them: {@code OPTIONS *} (RFC
 * 9110 §9.3.7), and a TRACE or an OPTIONS whose {@code Max-Forwards} is used up (§7.6.2). Server
 * and client are one hop in that: the server counts. The field counts for no other method.
 * Stateless.
 */
final class FinalRecipient {
  static final String FIELD = "Max-Forwards";

  /** The methods that an OPTIONS names; any other method passes, too. */
  private static final String ALLOWED = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE";

  private FinalRecipient() {}

  static boolean isMeant(RequestHead head) {
    return counts(head.method()) && "0".equals(head.headers().first(FIELD));
  }

  private static boolean counts(String method) {
    return method.equals("TRACE") || method.equals("OPTIONS");
  }

  /** These fields with one hop less to go, where hops are counted. */
  static Headers countedDown(RequestHead head, Headers fields) {
    if (!counts(head.method())) return fields;
    // The decoder took a number alone, without zeros before it.
    String left = fields.first(FIELD);
    return left == null ? fields : fields.with(FIELD, Long.toString(Ascii.number(left, 18) - 1));
  }

  /**
   * Answers it, a TRACE with what came of it: without secrets, since a script in a browser might
   * read them there (RFC 9110 §9.3.8).
   *
   * @return bytes of the answer's body
   */
  static int answer(Caller caller, Headers fields) {
    RequestHead head = caller.head();
    if (!head.method().equals("TRACE")) {
      options(caller, fields);
      return 0;
    }
    ByteBuffer echo = echo(head);
    int length = echo.remaining();
    if (caller.respond(200, fields.with("Content-Type", "message/http"), length))
      caller.write(echo, true);
    return length;
  }

  static void options(Caller caller, Headers fields) {
    var unused = caller.respond(200, fields.with("Allow", ALLOWED), 0);
  }

  private static ByteBuffer echo(RequestHead head) {
    HeadWriter out = HeadWriter.request(head.method(), head.target(), head.http11());
    List<String> hosts = head.headers().all("Host");
    if (!hosts.isEmpty()) out.field("Host", hosts.get(0));
    return out.fields(
            head.headers().without(FieldLists.NOT_FOR_ORIGINS).without(FieldLists::isSecret))
        .end();
  }
}
