package wsp.server.keys;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The ids and labels by which a key may register. They are no secrets: without these limits, a
 * client with any key may claim any of them.
 *
 * @param ids the ids that it may greet with; null: any
 * @param labels the labels that it may offer; null: any
 */
public record ClientScope(@Nullable List<String> ids, @Nullable List<String> labels) {
  static final ClientScope ANY = new ClientScope(null, null);

  public boolean hasId(String id) {
    return ids == null || ids.contains(id);
  }

  public boolean hasLabels(Collection<String> offered) {
    return labels == null || labels.containsAll(offered);
  }
}
