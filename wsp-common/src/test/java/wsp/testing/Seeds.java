package wsp.testing;

import static org.junit.jupiter.api.Named.named;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** The seeds of a fuzz target: for {@code FooBarFuzzTest} the files of {@code fuzz/foo-bar}. */
public final class Seeds implements ArgumentsProvider {
  /** The name of a target, by the simple name of its class. */
  public static String name(String className) {
    StringBuilder name = new StringBuilder();
    for (char c : className.replace("FuzzTest", "").toCharArray()) {
      boolean begins = c >= 'A' && c <= 'Z';
      if (begins && name.length() > 0) name.append('-');
      name.append(begins ? (char) (c - 'A' + 'a') : c);
    }
    return name.toString();
  }

  @Override
  public Stream<Arguments> provideArguments(ParameterDeclarations to, ExtensionContext context)
      throws IOException {
    String name = name(context.getRequiredTestClass().getSimpleName());
    List<Arguments> seeds = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/fuzz", name))) {
      for (Path file : files.sorted().toList())
        seeds.add(Arguments.of(named(file.getFileName().toString(), Files.readAllBytes(file))));
    }
    return seeds.stream();
  }
}
