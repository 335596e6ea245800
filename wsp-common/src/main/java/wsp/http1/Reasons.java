package wsp.http1;

import java.util.Arrays;

/** The phrases of status codes (RFC 9110 §15). Stateless. */
final class Reasons {
  private static final String[] REASONS = new String[1000];

  static {
    Arrays.fill(REASONS, "");
    REASONS[100] = "Continue";
    REASONS[101] = "Switching Protocols";
    REASONS[102] = "Processing";
    REASONS[103] = "Early Hints";
    REASONS[200] = "OK";
    REASONS[201] = "Created";
    REASONS[202] = "Accepted";
    REASONS[204] = "No Content";
    REASONS[206] = "Partial Content";
    REASONS[301] = "Moved Permanently";
    REASONS[302] = "Found";
    REASONS[303] = "See Other";
    REASONS[304] = "Not Modified";
    REASONS[307] = "Temporary Redirect";
    REASONS[308] = "Permanent Redirect";
    REASONS[400] = "Bad Request";
    REASONS[401] = "Unauthorized";
    REASONS[403] = "Forbidden";
    REASONS[404] = "Not Found";
    REASONS[405] = "Method Not Allowed";
    REASONS[407] = "Proxy Authentication Required";
    REASONS[408] = "Request Timeout";
    REASONS[409] = "Conflict";
    REASONS[413] = "Content Too Large";
    REASONS[417] = "Expectation Failed";
    REASONS[426] = "Upgrade Required";
    REASONS[429] = "Too Many Requests";
    REASONS[431] = "Request Header Fields Too Large";
    REASONS[500] = "Internal Server Error";
    REASONS[501] = "Not Implemented";
    REASONS[502] = "Bad Gateway";
    REASONS[503] = "Service Unavailable";
    REASONS[504] = "Gateway Timeout";
    REASONS[505] = "HTTP Version Not Supported";
    REASONS[526] = "WSP Server Error";
    REASONS[527] = "WSP Client Error";
  }

  private Reasons() {}

  /** The phrase of a status from 100 to 999; empty where there is none. */
  static String of(int status) {
    return REASONS[status];
  }
}
