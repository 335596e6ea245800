/**
 * The second engine: requests are performed by {@code java.net.http.HttpClient}. What it changes or
 * cannot do is refused, or stands in docs/engines.md. Nothing of it is loaded unless it is chosen.
 */
@NullMarked
package wsp.client.httpclient;

import org.jspecify.annotations.NullMarked;
