package wsp.server.routes;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wsp.text.Ascii;

/** How signatures are written in fields. Stateless. */
final class SignatureText {
  private static final int DIGEST = 32;

  private SignatureText() {}

  static byte @Nullable [] hex(String text) {
    if (text.length() != 2 * DIGEST) return null;
    try {
      return HexFormat.of().parseHex(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** What begins so, without that, of the parts between commas. */
  static List<String> parts(String value, String prefix) {
    List<String> found = new ArrayList<>();
    for (String part : value.split(",", -1)) {
      String text = Ascii.trim(part);
      if (text.startsWith(prefix)) found.add(text.substring(prefix.length()));
    }
    return found;
  }

  /** All digests of {@code t=TIME,v1=HEX,v1=HEX}; those of other versions do not count. */
  static List<byte[]> stripe(String value) {
    List<byte[]> claimed = new ArrayList<>();
    for (String part : parts(value, "v1=")) {
      byte[] digest = hex(part);
      if (digest != null) claimed.add(digest);
    }
    return claimed;
  }

  /** All digests of {@code v1,BASE64 v1,BASE64}; those of other versions do not count. */
  static List<byte[]> standard(String value) {
    List<byte[]> claimed = new ArrayList<>();
    for (String part : value.split(" ", -1)) {
      byte[] digest = part.startsWith("v1,") ? base64(part.substring("v1,".length())) : null;
      if (digest != null) claimed.add(digest);
    }
    return claimed;
  }

  private static byte @Nullable [] base64(String text) {
    try {
      byte[] digest = Base64.getDecoder().decode(text);
      return digest.length == DIGEST ? digest : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
