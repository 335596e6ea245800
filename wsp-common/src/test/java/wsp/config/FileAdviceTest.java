package wsp.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import wsp.config.SecretPlace.Form;
import wsp.config.SecretPlace.Source;

class FileAdviceTest {
  private static final Path CONFIG = Path.of("test.cfg");
  private static final Path KEY = Path.of("own.key");

  private static FileAdvice readable(Path... files) {
    List<Path> readable = List.of(files);
    return new FileAdvice(file -> readable.contains(file) ? "may be read" : null);
  }

  private static SecretPlace place(Source source, Path file) {
    return new SecretPlace(source + "", source, file, Form.SOUND);
  }

  private static final List<SecretPlace> ALL =
      List.of(
          place(Source.CONFIGURATION, null),
          place(Source.CONFIGURATION, null),
          place(Source.FILE, KEY),
          place(Source.ENVIRONMENT, null));

  @Test
  void eachFileIsToldOnce() {
    assertEquals(
        List.of(
            "CONFIGURATION: the file of this secret may be read",
            "FILE: the file of this secret may be read"),
        readable(CONFIG, KEY).secrets(CONFIG, ALL).file("again", KEY).lines());
  }

  @Test
  void whatNobodyElseReadsIsNotTold() {
    assertEquals(List.of(), readable().secrets(CONFIG, ALL).file("tls: keyfile", KEY).lines());
  }

  @Test
  void aConfigurationWithoutSecretsMayBeRead() {
    List<SecretPlace> elsewhere = ALL.subList(2, 4);
    assertEquals(1, readable(CONFIG, KEY).secrets(CONFIG, elsewhere).lines().size());
    assertEquals(List.of(), readable(CONFIG).secrets(CONFIG, List.of()).lines());
  }
}
