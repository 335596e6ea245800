package wsp.bench.traffic;

/**
 * What a load found.
 *
 * @param right answers that were right to the last byte
 * @param errors everything else: other statuses, lengths or bytes, broken connections, time-outs
 * @param firstError what the first of them was, or empty
 * @param seconds from the first connection to the last answer
 * @param p50 milliseconds within which half of the right answers came
 * @param p99 and 99 % of them
 */
public record LoadResult(
    long right, long errors, String firstError, double seconds, double p50, double p99) {}
