package wsp.destination;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Every text that a text may become by steps in any order, each as often as one likes, and by a
 * bounded number of decodings between them: the search goes through the steps breadth first, and
 * from one decoding to the next. For one thread and one use.
 */
final class Closure {
  /** How often an origin may decode. */
  private static final int DECODINGS = 2;

  private final List<UnaryOperator<String>> steps;
  private final List<UnaryOperator<String>> decoders;
  private final int maxTexts;
  private final Set<String> texts = new LinkedHashSet<>();
  private int room;

  /** What changes nothing gives back what it got; there is a limit to texts and characters. */
  Closure(
      List<UnaryOperator<String>> steps,
      List<UnaryOperator<String>> decoders,
      int maxTexts,
      int maxCharacters) {
    this.steps = steps;
    this.decoders = decoders;
    this.maxTexts = maxTexts;
    this.room = maxCharacters;
  }

  /**
   * These and all that steps may make of them, themselves first; throws if there are more than
   * allowed.
   */
  Set<String> of(List<String> begin) throws InvalidDestinationException {
    List<String> level = new ArrayList<>();
    for (String text : begin) add(text, level);
    for (int decoded = 0; decoded < DECODINGS && !level.isEmpty(); decoded++) {
      close(level);
      List<String> next = new ArrayList<>();
      for (String text : level)
        for (UnaryOperator<String> decoder : decoders) add(decoder.apply(text), next);
      level = next;
    }
    close(level);
    return texts;
  }

  private void close(List<String> level) throws InvalidDestinationException {
    for (int i = 0; i < level.size(); i++) {
      String text = level.get(i);
      for (UnaryOperator<String> step : steps) add(step.apply(text), level);
    }
  }

  private void add(String text, List<String> level) throws InvalidDestinationException {
    if (!texts.add(text)) return;
    level.add(text);
    room -= text.length();
    if (texts.size() > maxTexts || room < 0) throw Readings.tooMany();
  }
}
