package wsp.reload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wsp.config.ConfigException;
import wsp.config.Reloader;
import wsp.files.Watch;
import wsp.process.Chores;
import wsp.process.Threads;
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
    void use(C config) throws ConfigException;
  }

  /** Files of TLS, if there are any, and who hears that other certificates are in use. */
  private record Tls(Supplier<@Nullable TlsFiles> files, Runnable changed) {}

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final List<Tls> tls = new ArrayList<>();
  private final ScheduledExecutorService thread = Threads.timer("wsp-files");
  private volatile @Nullable Reloader<C> configuration;
  private @Nullable Use<C> use;

  /** Watches a configuration, too. */
  public void watch(Reloader<C> reloader, Use<C> then) {
    configuration = reloader;
    use = then;
  }

  /** Watches files of TLS, too, those of the moment, and tells of other certificates in use. */
  public void watch(Supplier<@Nullable TlsFiles> files, Runnable changed) {
    tls.add(new Tls(files, changed));
  }

  public void start() {
    new Chores()
        .add("taking up a changed configuration", now -> lookAtConfiguration())
        .add("taking up changed certificates", now -> lookAtTls())
        .begin(thread, PAUSE);
  }

  @Override
  public void close() {
    thread.shutdownNow();
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

  private Stream<TlsFiles> tlsFiles() {
    return tls.stream().flatMap(each -> Stream.ofNullable(each.files.get()));
  }

  private Stream<Watch> watches() {
    return Stream.concat(
        Stream.ofNullable(configuration).map(Reloader::watch), tlsFiles().map(TlsFiles::watch));
  }

  /** True if everything is in use as the files have it now, as far as is known. */
  public boolean successful() {
    return watches().noneMatch(Watch::owed);
  }

  /** When any of it was loaded last, in seconds since 1970. */
  public long loadedAt() {
    return watches().mapToLong(Watch::loadedAt).max().orElse(0);
  }

  public List<CertificateExpiry> certificates() {
    return tlsFiles().flatMap(f -> f.certificates().stream()).distinct().toList();
  }
}
