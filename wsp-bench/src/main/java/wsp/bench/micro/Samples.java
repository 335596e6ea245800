package wsp.bench.micro;

import wsp.envelope.Headers;

/** A request and an answer of ordinary size. */
final class Samples {
  static final String URL = "http://api.example.com:8080/v1/orders/4711/items?page=2&size=50";

  static final Headers REQUEST =
      Headers.of(
          "Accept", "application/json, text/plain;q=0.9, */*;q=0.8",
          "Accept-Encoding", "gzip, deflate, br",
          "Accept-Language", "en-GB,en;q=0.7",
          "Cache-Control", "no-cache",
          "Connection", "keep-alive",
          "Cookie", "session=3f1b0c5e9a7d4c3f8b2e6d1a0c9f8e7d; theme=light",
          "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
          "X-Proxy-Destination", URL,
          "X-Request-Id", "0d9f4c1e-6a53-4d0f-9a39-2f1f3f1f7a11");

  static final Headers RESPONSE =
      Headers.of(
          "Cache-Control", "max-age=60",
          "Content-Length", "10240",
          "Content-Type", "application/json; charset=utf-8",
          "Date", "Thu, 01 Jan 2026 00:00:00 GMT",
          "Etag", "\"5e8f1c2b\"",
          "Server", "bench",
          "Set-Cookie", "session=3f1b0c5e9a7d4c3f8b2e6d1a0c9f8e7d; Path=/; HttpOnly",
          "Vary", "Accept-Encoding");

  private Samples() {}
}
