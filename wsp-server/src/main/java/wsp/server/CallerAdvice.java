package wsp.server;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import wsp.server.keys.CallerKeys;

/** Callers that share a name: a line for each such name. Stateless. */
final class CallerAdvice {
  private CallerAdvice() {}

  static List<String> of(List<CallerKeys.Identity> callers) {
    Map<String, List<String>> places = new LinkedHashMap<>();
    for (int i = 0; i < callers.size(); i++)
      places
          .computeIfAbsent(callers.get(i).name(), name -> new ArrayList<>())
          .add("callers[" + i + "]");
    List<String> lines = new ArrayList<>();
    places.forEach(
        (name, all) -> {
          if (all.size() > 1)
            lines.add(
                String.join(", ", all)
                    + ": all have the name "
                    + name
                    + ", so that logs do not tell them apart though each has rules of its own:"
                    + " give each its own name, or one entry several keys");
        });
    return lines;
  }
}
