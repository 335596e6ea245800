package wsp.server;

import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;

/** Looks into the WebSocket engine, which tells nobody what it keeps. */
final class EngineSessions {
  private EngineSessions() {}

  /** How many WebSockets the engine holds on to, open or not. */
  static int of(WspServer server) throws ReflectiveOperationException {
    Object reception = get(get(server, "listener"), "reception");
    Object engine = get(get(reception, "engine"), "engine");
    int sessions = 0;
    for (Object endpoint : (Set<?>) get(engine, "endpointWrappers"))
      sessions += ((Map<?, ?>) get(endpoint, "webSocketToSession")).size();
    return sessions;
  }

  private static Object get(Object from, String field) throws ReflectiveOperationException {
    Field f = from.getClass().getDeclaredField(field);
    f.setAccessible(true);
    return f.get(from);
  }
}
