package wsp.admin;

/**
 * A failure in words for a person.
 *
 * @param title what happened, in a few words
 * @param side on whose side
 * @param what what happened, in full
 * @param advice what to do
 */
public record FailureText(String title, String side, String what, String advice) {}
