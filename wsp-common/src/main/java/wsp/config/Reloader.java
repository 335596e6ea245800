package wsp.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configuration of a running daemon, read again when its file or that of a secret has changed,
 * or on request. What cannot be used changes nothing. Each reading is one line of the log.
 *
 * <p>A file that has changed is read when it has not changed again until the next pass: somebody
 * may still be writing it, and the half of a configuration may be a valid one that lets everybody
 * in.
 *
 * <p>{@link #request} is for all threads, {@link #poll} for one at a time.
 *
 * @param <C> the configuration, immutable
 */
public final class Reloader<C> {
  private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

  /** Makes a configuration of a file. */
  @FunctionalInterface
  public interface Reader<C> {
    /** Asks for every key. */
    C read(ConfigFile file) throws ConfigException;
  }

  /** Puts a configuration to use. */
  @FunctionalInterface
  public interface Use<C> {
    /** All of it or, with an exception, nothing. */
    void use(C config) throws ConfigException;
  }

  private final Path path;
  private final Reader<C> reader;
  private final Function<C, Map<String, Object>> effective;
  private final Set<String> live;
  private final Map<String, Object> atStart;
  private WatchedFiles watched = new WatchedFiles();
  private volatile C current;
  private volatile boolean requested;
  private boolean waiting;

  /**
   * Reads the file for the first time.
   *
   * @param effective the print of a configuration, by which changes are found
   * @param live the names there of the keys that may change while the daemon runs
   * @throws ConfigException if the daemon should not start
   */
  public Reloader(
      Path path, Reader<C> reader, Function<C, Map<String, Object>> effective, Set<String> live)
      throws ConfigException {
    this.path = path;
    this.reader = reader;
    this.effective = effective;
    this.live = live;
    ConfigFile file = ConfigFile.read(path);
    watched = file.watched();
    current = reader.read(file);
    atStart = effective.apply(current);
  }

  /** The configuration that was put to use last, or the first one. */
  public C current() {
    return current;
  }

  /** The next pass reads the file even if it has not changed. */
  public void request() {
    requested = true;
  }

  /**
   * One pass of maintenance.
   *
   * @param use is told of a new configuration; of its keys, only the live ones count
   * @return the line that was logged, or null if there was nothing to do
   */
  public @Nullable String poll(Use<C> use) {
    boolean changed = watched.changed();
    boolean settled = waiting && !changed;
    waiting = changed;
    if (!settled && !requested) return null;
    waiting = false;
    requested = false;
    try {
      C read = read();
      use.use(read);
      current = read;
    } catch (ConfigException e) {
      String line = "The configuration stays as it was: " + e.getMessage();
      LOG.error("{}", line);
      return line;
    }
    String line = path + " has been read again" + later();
    LOG.info("{}", line);
    return line;
  }

  private C read() throws ConfigException {
    ConfigFile file = ConfigFile.read(path);
    if (file.isEmpty()) throw new ConfigException(path + ": keys are expected, not an empty file");
    // Even if it is of no use, since the files it names may be why.
    watched = file.watched();
    return reader.read(file);
  }

  private String later() {
    Map<String, Object> now = effective.apply(current);
    List<String> keys = new ArrayList<>();
    for (Map.Entry<String, Object> entry : now.entrySet()) {
      String key = entry.getKey();
      if (!live.contains(key) && !Objects.equals(entry.getValue(), atStart.get(key))) keys.add(key);
    }
    return keys.isEmpty() ? "" : "; after a restart it takes effect for " + String.join(", ", keys);
  }
}
