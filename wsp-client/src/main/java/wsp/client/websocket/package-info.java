/**
 * The client's side of RFC 6455, as far as this protocol needs it: no extensions, no subprotocols.
 *
 * <p>Why not {@code java.net.http.WebSocket}: it copies each message three times on its way out,
 * sends text, binary and each fragment with a system call of their own, holds 28 KiB for each idle
 * connection, and has a selector thread for each HttpClient, which the origins' connections cannot
 * share.
 */
@NullMarked
package wsp.client.websocket;

import org.jspecify.annotations.NullMarked;
