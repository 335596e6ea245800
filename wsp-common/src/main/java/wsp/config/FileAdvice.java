package wsp.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import wsp.config.SecretPlace.Source;
import wsp.files.Exposure;

/** Files with secrets that others than their owner may read: a line for each. For one thread. */
public final class FileAdvice {
  /** Says who else than its owner may read a file, or null. */
  private final Function<Path, @Nullable String> exposure;

  private final Map<Path, String> lines = new LinkedHashMap<>();

  /** By the modes of the files. */
  public FileAdvice() {
    this(Exposure::of);
  }

  FileAdvice(Function<Path, @Nullable String> exposure) {
    this.exposure = exposure;
  }

  /** Looks at the configuration file, if it has secrets, and at those that it has them from. */
  public FileAdvice secrets(Path configuration, List<SecretPlace> secrets) {
    for (SecretPlace secret : secrets) {
      Path file = secret.source() == Source.CONFIGURATION ? configuration : secret.file();
      if (file != null) file(secret.where(), file);
    }
    return this;
  }

  /** Looks at one file; the line says where the configuration names it, or has the secret. */
  public FileAdvice file(String where, Path file) {
    if (lines.containsKey(file)) return this;
    String problem = exposure.apply(file);
    if (problem != null) lines.put(file, where + ": the file of this secret " + problem);
    return this;
  }

  public List<String> lines() {
    return new ArrayList<>(lines.values());
  }
}
