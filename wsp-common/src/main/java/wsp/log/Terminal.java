package wsp.log;

import java.io.Console;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How standard output may look for a person. Without a terminal, and with {@code TERM=dumb}, there
 * are plain lines only; {@code NO_COLOR}, unless it is empty, forbids colours.
 *
 * @param live whether a line may be redrawn in place
 * @param colours whether there may be colours
 */
public record Terminal(boolean live, boolean colours) {
  private static final int DEFAULT_COLUMNS = 80;
  private static final long STTY_MILLIS = 500;

  public static Terminal ofProcess() {
    return of(isTerminal(), System.getenv());
  }

  static Terminal of(boolean terminal, Map<String, String> environment) {
    String kind = environment.getOrDefault("TERM", "dumb");
    boolean live = terminal && !kind.isEmpty() && !kind.equals("dumb");
    return new Terminal(live, live && environment.getOrDefault("NO_COLOR", "").isEmpty());
  }

  /**
   * Standard input counts, too: the JDK does not tell the two apart. From version 22 on there is a
   * console even without a terminal, which has to be asked, and which is best the plain one: the
   * other takes long to load.
   */
  @SuppressWarnings("SystemConsoleNull") // up to version 21 it may be
  private static boolean isTerminal() {
    if (System.getProperty("jdk.console") == null) System.setProperty("jdk.console", "java.base");
    Console console = System.console();
    if (console == null) return false;
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** How wide it is now; may take some milliseconds. */
  static int columns() {
    int columns = number(System.getenv("COLUMNS"));
    if (columns == 0) columns = askStty();
    return columns == 0 ? DEFAULT_COLUMNS : columns;
  }

  private static int askStty() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(Redirect.INHERIT)
              .redirectError(Redirect.DISCARD)
              .start();
      if (!stty.waitFor(STTY_MILLIS, TimeUnit.MILLISECONDS)) {
        stty.destroyForcibly();
        return 0;
      }
      // Rows and columns.
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return number(size.strip().replaceFirst("^\\d+ ", ""));
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private static int number(@Nullable String text) {
    return text != null && text.matches("[1-9][0-9]{0,3}") ? Integer.parseInt(text) : 0;
  }
}
