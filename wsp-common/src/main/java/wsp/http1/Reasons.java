package wsp.http1;

import java.util.Arrays;

/**
 * The phrases of status codes (RFC 9110 §16.2). A status line may do without one, but there are
 * programs that read none then. Stateless.
 */
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
    REASONS[203] = "Non-Authoritative Information";
    REASONS[204] = "No Content";
    REASONS[205] = "Reset Content";
    REASONS[206] = "Partial Content";
    REASONS[207] = "Multi-Status";
    REASONS[208] = "Already Reported";
    REASONS[226] = "IM Used";
    REASONS[300] = "Multiple Choices";
    REASONS[301] = "Moved Permanently";
    REASONS[302] = "Found";
    REASONS[303] = "See Other";
    REASONS[304] = "Not Modified";
    REASONS[305] = "Use Proxy";
    REASONS[307] = "Temporary Redirect";
    REASONS[308] = "Permanent Redirect";
    REASONS[400] = "Bad Request";
    REASONS[401] = "Unauthorized";
    REASONS[402] = "Payment Required";
    REASONS[403] = "Forbidden";
    REASONS[404] = "Not Found";
    REASONS[405] = "Method Not Allowed";
    REASONS[406] = "Not Acceptable";
    REASONS[407] = "Proxy Authentication Required";
    REASONS[408] = "Request Timeout";
    REASONS[409] = "Conflict";
    REASONS[410] = "Gone";
    REASONS[411] = "Length Required";
    REASONS[412] = "Precondition Failed";
    REASONS[413] = "Content Too Large";
    REASONS[414] = "URI Too Long";
    REASONS[415] = "Unsupported Media Type";
    REASONS[416] = "Range Not Satisfiable";
    REASONS[417] = "Expectation Failed";
    REASONS[421] = "Misdirected Request";
    REASONS[422] = "Unprocessable Content";
    REASONS[423] = "Locked";
    REASONS[424] = "Failed Dependency";
    REASONS[425] = "Too Early";
    REASONS[426] = "Upgrade Required";
    REASONS[428] = "Precondition Required";
    REASONS[429] = "Too Many Requests";
    REASONS[431] = "Request Header Fields Too Large";
    REASONS[451] = "Unavailable For Legal Reasons";
    REASONS[500] = "Internal Server Error";
    REASONS[501] = "Not Implemented";
    REASONS[502] = "Bad Gateway";
    REASONS[503] = "Service Unavailable";
    REASONS[504] = "Gateway Timeout";
    REASONS[505] = "HTTP Version Not Supported";
    REASONS[506] = "Variant Also Negotiates";
    REASONS[507] = "Insufficient Storage";
    REASONS[508] = "Loop Detected";
    REASONS[511] = "Network Authentication Required";
    REASONS[526] = "WSP Server Error";
    REASONS[527] = "WSP Client Error";
  }

  private Reasons() {}

  /** The phrase of a status from 100 to 999; empty where there is none. */
  static String of(int status) {
    return REASONS[status];
  }
}
