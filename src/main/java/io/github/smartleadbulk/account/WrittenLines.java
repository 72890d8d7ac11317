package io.github.smartleadbulk.account;

/**
 * How far {@code results.csv} has been written.
 *
 * @param rows lines behind the header
 * @param bytes of the file; 0 where it has not been begun
 * @param checksum CRC-32C of these bytes
 */
public record WrittenLines(long rows, long bytes, long checksum) {

  /** Of a new run. */
  public static final WrittenLines NONE = new WrittenLines(0, 0, 0);
}
