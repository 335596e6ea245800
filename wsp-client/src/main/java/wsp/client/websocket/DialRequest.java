package wsp.client.websocket;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket that is to be opened.
 *
 * @param proxy on the way to the target, null for the direct one
 * @param fields of the handshake's head, beside its own
 * @param choice chooses who hears of a WebSocket that opens
 * @param failed is told, once, on any thread, if there never will be one
 */
public record DialRequest(
    Endpoint target,
    @Nullable Proxy proxy,
    Map<String, String> fields,
    ListenerChoice choice,
    Consumer<DialFailure> failed) {
  DialRequest with(Consumer<DialFailure> told) {
    return new DialRequest(target, proxy, fields, choice, told);
  }
}
