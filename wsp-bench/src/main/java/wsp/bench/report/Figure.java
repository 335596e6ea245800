package wsp.bench.report;

/**
 * One figure.
 *
 * @param section the table it belongs to
 * @param cell the row
 * @param metric the column, with its unit
 * @param value the median of the rounds, or the only value
 * @param low the least, or the value less its error
 * @param high the greatest, or the value and its error
 */
public record Figure(
    String section, String cell, String metric, double value, double low, double high) {}
