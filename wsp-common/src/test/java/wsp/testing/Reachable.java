package wsp.testing;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.Buffer;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** What an object keeps: in buffers, arrays and texts, its own and of all whom it knows. */
public final class Reachable {
  private Reachable() {}

  /** So many bytes, and characters. */
  public static long bytes(Object root) throws Exception {
    return bytes(root, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static long bytes(Object at, Set<Object> seen) throws Exception {
    if (at == null || !seen.add(at)) return 0;
    if (at instanceof byte[] array) return array.length;
    if (at instanceof String text) return text.length();
    if (at instanceof Buffer buffer) return buffer.capacity();
    long sum = 0;
    if (at instanceof Object[] array) for (Object o : array) sum += bytes(o, seen);
    else if (at instanceof Collection<?> all) for (Object o : all) sum += bytes(o, seen);
    else if (at instanceof Map<?, ?> map)
      sum = bytes(map.keySet().toArray(), seen) + bytes(map.values().toArray(), seen);
    else if (at instanceof AtomicReference<?> reference) sum = bytes(reference.get(), seen);
    for (Class<?> c = at.getClass();
        c != null && c.getName().startsWith("wsp.");
        c = c.getSuperclass())
      for (Field field : c.getDeclaredFields()) {
        if (field.getType().isPrimitive() || Modifier.isStatic(field.getModifiers())) continue;
        field.setAccessible(true);
        sum += bytes(field.get(at), seen);
      }
    return sum;
  }
}
