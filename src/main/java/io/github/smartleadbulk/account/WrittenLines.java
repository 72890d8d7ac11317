package io.github.smartleadbulk.account;

/**
 * How far {@code results.csv} has been written.
 *
 * @param rows the number of lines after the header
 * @param bytes the length of the file; 0 if it has not been begun
 * @param checksum the CRC-32C of these bytes
 */
public record WrittenLines(long rows, long bytes, long checksum) {

  /** The value for a new run. */
  public static final WrittenLines NONE = new WrittenLines(0, 0, 0);
}
