package wsp.reload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import wsp.config.ConfigException;
import wsp.config.Reloader;
import wsp.process.Chores;
import wsp.process.Rounds;
import wsp.tls.CertificateExpiry;
import wsp.tls.TlsFiles;

/**
 * All files of a daemon that are read while it runs: its configuration and those of TLS. They are
 * looked at, and loaded, on a thread that does nothing else, since a file may take for ever. What
 * is set before {@link #start} is for one thread, what is asked for all.
 *
 * @param <C> the configuration
 */
public final class Reloads<C> implements AutoCloseable {
  /** Puts a configuration to use: all of it or, with an exception, nothing. */
  public interface Use<C> {
    /** On the thread of the files. */
    void use(C config) throws ConfigException;
  }

  /**
   * Files of TLS.
   *
   * @param files those of the moment; null: none
   * @param changed is told when other certificates are in use
   */
  private record Tls(Supplier<@Nullable TlsFiles> files, Runnable changed) {}

  /** Between two looks at the files. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final List<Tls> tls = new ArrayList<>();
  private final Rounds rounds;
  private volatile @Nullable Reloader<C> configuration;
  private @Nullable Use<C> use;

  /** Looks at nothing yet. */
  public Reloads() {
    rounds =
        new Rounds(
            "wsp-files",
            PAUSE,
            new Chores()
                .add("taking up a changed configuration", now -> lookAtConfiguration())
                .add("taking up changed certificates", now -> lookAtTls()));
  }

  /** Watches a configuration, too. */
  public void watch(Reloader<C> reloader, Use<C> then) {
    configuration = reloader;
    use = then;
  }

  /**
   * Watches files of TLS, too.
   *
   * @param files those of the moment, or null for none
   * @param changed is told when other certificates are in use
   */
  public void watch(Supplier<@Nullable TlsFiles> files, Runnable changed) {
    tls.add(new Tls(files, changed));
  }

  /** Begins. */
  public void start() {
    rounds.start();
  }

  @Override
  public void close() {
    rounds.close();
  }

  private void lookAtConfiguration() {
    Reloader<C> reloader = configuration;
    Use<C> then = use;
    if (reloader == null || then == null) return;
    reloader.poll(
        (next, asked) -> {
          then.use(next);
          return asked ? loadTls() : null;
        });
  }

  /** All of it; says what became of it, or null if there is none. */
  private @Nullable String loadTls() {
    List<String> done = new ArrayList<>();
    for (Tls each : tls) {
      TlsFiles files = each.files.get();
      String what = files == null ? null : files.reloadNow(each.changed);
      if (what != null) done.add(what);
    }
    return done.isEmpty() ? null : String.join("; ", done);
  }

  private void lookAtTls() {
    for (Tls each : tls) {
      TlsFiles files = each.files.get();
      if (files != null && files.reload()) each.changed.run();
    }
  }

  private List<TlsFiles> tlsFiles() {
    List<TlsFiles> all = new ArrayList<>();
    for (Tls each : tls) {
      TlsFiles files = each.files.get();
      if (files != null) all.add(files);
    }
    return all;
  }

  /** True if everything is in use as the files have it now, as far as is known. */
  public boolean successful() {
    Reloader<C> reloader = configuration;
    return (reloader == null || !reloader.owed()) && tlsFiles().stream().noneMatch(TlsFiles::owed);
  }

  /** When any of it was loaded last, in seconds since 1970. */
  public long loadedAt() {
    Reloader<C> reloader = configuration;
    long at = reloader == null ? 0 : reloader.loadedAt();
    for (TlsFiles files : tlsFiles()) at = Math.max(at, files.loadedAt());
    return at;
  }

  /** When the certificates that are in use end, each once. */
  public List<CertificateExpiry> certificates() {
    return tlsFiles().stream().flatMap(f -> f.certificates().stream()).distinct().toList();
  }
}
