package wsp.client.httpclient;

import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import wsp.client.origin.Failure;
import wsp.client.origin.LongHeads;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.ReplayException;
import wsp.envelope.FieldLists;
import wsp.envelope.FieldMemory;
import wsp.envelope.FieldSyntax;
import wsp.envelope.FieldText;
import wsp.envelope.Headers;
import wsp.envelope.ResponseEnvelope;
import wsp.envelope.UpgradeField;
import wsp.http1.MessageException;
import wsp.http1.ResponseHead;

/**
 * The head of a response as {@code HttpClient} gives it, by HTTP/2 or through a {@link Dialogue}:
 * the same rules hold as for one that the client reads itself. Stateless.
 *
 * @param envelope for the caller
 * @param length of the body in bytes, or negative
 * @param memory that its fields take as they came
 */
record ResponseHeads(ResponseEnvelope envelope, long length, long memory) {
  /** Of a field on the wire, beside its name and its value. */
  private static final int BETWEEN = 4;

  static ResponseHeads of(String method, ResponseInfo info, OriginLimits limits)
      throws ReplayException {
    if (info.statusCode() == 101)
      throw ReplayException.invalidResponse("it switches protocols, which nobody asked for");
    if (info.statusCode() > 999)
      throw ReplayException.invalidResponse("its status has more than three digits");
    if (info.statusCode() < 200)
      throw Requests.cannot("of this Java takes the interim answer for the final one");
    Headers fields = fields(info.headers().map(), limits);
    ResponseHead head = new ResponseHead(1, info.statusCode(), fields);
    try {
      long declared = head.declaredLength();
      long length = head.bodyLength(method, declared);
      Headers passed = fields.endToEnd().without(FieldLists.NOT_FOR_CALLERS);
      Headers passedOn = UpgradeField.with(passed, info.statusCode(), fields);
      ResponseEnvelope envelope =
          new ResponseEnvelope(
              info.statusCode(), ResponseHead.withOneLength(passedOn, declared), declared);
      long memory = FieldMemory.of(fields);
      return new ResponseHeads(new LongHeads(limits.maxHeader()).fitting(envelope), length, memory);
    } catch (MessageException e) {
      throw ReplayException.invalidResponse(e);
    }
  }

  private static Headers fields(Map<String, List<String>> given, OriginLimits limits)
      throws ReplayException {
    Headers.Builder fields = new Headers.Builder();
    long bytes = 0;
    for (Map.Entry<String, List<String>> entry : given.entrySet()) {
      String name = entry.getKey();
      if (name.startsWith(":")) continue;
      if (!FieldSyntax.isToken(name))
        throw ReplayException.invalidResponse("a field has no proper name");
      String canonical = FieldSyntax.canonicalName(name);
      for (String value : entry.getValue()) {
        bytes += name.length() + value.length() + BETWEEN;
        if (bytes > limits.maxHeader() || fields.size() == OriginLimits.MAX_FIELDS)
          throw new ReplayException(
              Failure.LARGE_HEAD, "the response's head is larger than maxheader");
        fields.add(canonical, text(value));
      }
    }
    return fields.build();
  }

  /** Each character is a byte. */
  private static String text(String value) throws ReplayException {
    boolean ascii = true;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f)
        throw ReplayException.invalidResponse("a field has a control character in its value");
      ascii &= c < 0x80;
    }
    if (ascii) return value;
    byte[] raw = value.getBytes(StandardCharsets.ISO_8859_1);
    return FieldText.of(raw, 0, raw.length);
  }
}
