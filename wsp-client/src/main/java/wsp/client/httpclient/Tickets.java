package wsp.client.httpclient;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressGuard;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;

/**
 * The tickets by which requests get through {@link Passages}: random, each good for one passage to
 * one origin, and for no longer than its request waits. Safe for all threads, where none is named.
 */
final class Tickets {
  /** What has the ticket in a CONNECT. An origin gets it as well, over HTTP/2. */
  static final String FIELD = "proxy-wsp-passage";

  /** Whose request a passage is for. */
  interface Ticket {
    /** The one origin that it may lead to. */
    Route route();

    AddressGuard guard();

    /** There will be none. */
    void refused(ReplayException why);
  }

  private final Executor thread;
  private final Map<String, Ticket> expected = new ConcurrentHashMap<>();

  /**
   * Passages that end with the request that they are opened for, by its ticket. Of the thread of
   * the passages.
   */
  private final Map<String, Passage> owned = new HashMap<>();

  /** {@code thread} is that of the passages. */
  Tickets(Executor thread) {
    this.thread = thread;
  }

  /** A ticket for a request, to be shown in {@link #FIELD}. */
  String expect(Ticket ticket) {
    String text = Word.make();
    expected.put(text, ticket);
    return text;
  }

  void forget(String text) {
    expected.remove(text);
  }

  /** Whose ticket this is, once. On the thread of the passages. */
  @Nullable Ticket admit(Passage passage, String text) {
    Ticket whose = expected.remove(text);
    if (whose != null) owned.put(text, passage);
    return whose;
  }

  /**
   * The passage of this ticket is from now on for any request, or over. On the thread of the
   * passages.
   */
  void disown(Passage passage, String text) {
    owned.remove(text, passage);
  }

  /**
   * The request of this ticket is over. A passage that is being opened for it is closed: {@code
   * HttpClient} waits for one whatever becomes of the request.
   */
  void abandon(String text) {
    if (expected.remove(text) != null) return;
    thread.execute(
        () -> {
          Passage passage = owned.remove(text);
          if (passage != null) passage.reset();
        });
  }
}
