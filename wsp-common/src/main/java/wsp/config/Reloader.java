package wsp.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import wsp.files.Watch;

/**
 * The configuration of a running daemon, loaded again when its file or that of a secret contains
 * anything else than what was loaded, or on request. A file that cannot be used changes nothing,
 * and is tried again at each pass until it can: one line of the log when it fails, one when it
 * succeeds.
 *
 * <p>{@link Watch} says when it is loaded: half of a configuration may be a valid one that lets
 * every caller in.
 *
 * <p>{@link #poll} is for one thread at a time, which may wait for files; the rest for all.
 *
 * @param <C> the configuration, immutable
 */
public final class Reloader<C> {
  private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);

  /** Puts a configuration to use. */
  @FunctionalInterface
  public interface Use<C> {
    /**
     * All of it or, with an exception, nothing.
     *
     * @param asked whether all files are to be loaded, because a SIGHUP has asked for that
     * @return what else was done, for the line of the log; or null
     */
    @Nullable String use(C config, boolean asked) throws ConfigException;
  }

  private final Path path;
  private final ConfigFunction<ConfigFile, C> reader;
  private final Function<C, Map<String, Object>> effective;
  private final Predicate<String> live;
  private final Map<String, Object> atStart;
  private volatile C current;
  private volatile boolean requested;
  private final Watch watch = new Watch();

  /**
   * Reads the file for the first time.
   *
   * @param reader asks the file for every key
   * @param effective the print of a configuration, by which changes are found
   * @param live true for the names there of keys that may change while the daemon runs
   * @throws ConfigException if the daemon should not start
   */
  public Reloader(
      Path path,
      ConfigFunction<ConfigFile, C> reader,
      Function<C, Map<String, Object>> effective,
      Predicate<String> live)
      throws ConfigException {
    this.path = path;
    this.reader = reader;
    this.effective = effective;
    this.live = live;
    current = reader.of(ConfigFile.read(path, watch.source()));
    watch.loaded();
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

  /** Whether, and when, its files have been loaded. */
  public Watch watch() {
    return watch;
  }

  /**
   * One pass of maintenance.
   *
   * @param use is told of a new configuration; of its keys, only the live ones count
   * @return the line that was logged, or null if there was nothing to tell
   */
  public @Nullable String poll(Use<C> use) {
    boolean asked = requested;
    requested = false;
    if (asked) watch.anew();
    return asked || watch.isDue() ? load(use, asked) : null;
  }

  private @Nullable String load(Use<C> use, boolean asked) {
    String also;
    try {
      C read = read();
      also = use.use(read, asked);
      current = read;
      watch.loaded();
    } catch (ConfigException e) {
      String line = "The configuration stays as it was: " + e.getMessage();
      return watch.failed(line) ? told(line, null) : null;
    } catch (RuntimeException e) {
      // An error of ours: a part of it may be in use, and all of it is put to use again.
      String line = "The configuration could not be put to use, which is tried again: " + e;
      return watch.failed(line) ? told(line, e) : null;
    }
    String line = path + " has been read again" + later() + (also == null ? "" : "; " + also);
    LOG.info("{}", line);
    return line;
  }

  private static String told(String line, @Nullable Exception error) {
    LOG.error("{}", line, error);
    return line;
  }

  private C read() throws ConfigException {
    ConfigFile file = ConfigFile.read(path, watch.source());
    if (file.isEmpty()) throw new ConfigException(path + ": keys are expected, not an empty file");
    return reader.of(file);
  }

  private String later() {
    Map<String, Object> now = effective.apply(current);
    List<String> keys = new ArrayList<>();
    for (Map.Entry<String, Object> entry : now.entrySet()) {
      String key = entry.getKey();
      if (!live.test(key) && !Objects.equals(entry.getValue(), atStart.get(key))) keys.add(key);
    }
    return keys.isEmpty() ? "" : "; after a restart it takes effect for " + String.join(", ", keys);
  }
}
