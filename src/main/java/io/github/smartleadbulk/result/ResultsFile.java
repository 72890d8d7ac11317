package io.github.smartleadbulk.result;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.account.WrittenLines;
import io.github.smartleadbulk.file.PrivateFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * {@code results.csv}, one line for each row of the input, in input order. Every {@link #append}
 * writes its lines to the file immediately. Not thread-safe.
 */
public final class ResultsFile implements AutoCloseable {

  private static final String HEADER =
      "row,line,email_account_id,status,changed_fields,http_status,attempts,message,finished_at\n";

  private static final int BUFFER = 1 << 16;

  private final FileChannel channel;
  private final CRC32C checksum = new CRC32C();
  private long rows;
  private long bytes;

  private ResultsFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens the file to append to the part known to be whole, and cuts off the rest. If the file no
   * longer begins with that part, because somebody deleted it, saved it in a spreadsheet or
   * replaced it, the file starts anew without {@link #written} rows. The lines must then come from
   * the journal.
   *
   * @param known what was written according to the last record of the run
   */
  public static ResultsFile open(Path path, WrittenLines known) throws IOException {
    FileChannel channel = PrivateFiles.open(path);
    try {
      ResultsFile file = new ResultsFile(channel);
      if (known.bytes() > 0 && file.beginsWith(known)) {
        channel.truncate(known.bytes());
        channel.position(known.bytes());
        file.rows = known.rows();
        file.bytes = known.bytes();
      } else {
        String mark = file.hasMark() ? ByteOrderMark.FOR_EXCEL.toString() : "";
        channel.truncate(0);
        channel.position(0);
        file.checksum.reset();
        file.write(mark + HEADER);
      }
      return file;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Sets the mark of a file that has no rows yet. The file keeps the mark whenever it starts anew,
   * even after a power cut.
   *
   * @param path the path of a file that may be replaced
   */
  public static void begin(Path path, ByteOrderMark mark) throws IOException {
    boolean exists = Files.exists(path);
    if (mark == ByteOrderMark.NONE && !exists) {
      return;
    }
    FileChannel channel = PrivateFiles.open(path);
    channel.truncate(0);
    try (OutputStream out = PrivateFiles.forcedAtClose(channel)) {
      mark.begin(out);
    }
    if (!exists) {
      PrivateFiles.forceFolder(Objects.requireNonNull(path.toAbsolutePath().getParent()));
    }
  }

  private boolean hasMark() throws IOException {
    byte[] mark = ByteOrderMark.FOR_EXCEL.toString().getBytes(StandardCharsets.UTF_8);
    ByteBuffer start = ByteBuffer.allocate(mark.length);
    return channel.read(start, 0) == mark.length && Arrays.equals(start.array(), mark);
  }

  /**
   * Whether a file can be replaced without loss because it is missing, empty or an earlier results
   * file.
   */
  public static boolean mayReplace(Path path) throws IOException {
    return Csv.mayReplace(path, HEADER);
  }

  /**
   * Whether a run can go on with the file, because the file is missing, empty or still holds what
   * the run wrote. The header alone does not tell: the results of all runs begin with it.
   *
   * @param known what was written according to the last record of the run
   */
  public static boolean mayGoOn(Path path, WrittenLines known) throws IOException {
    if (known.bytes() == 0 || !Files.exists(path) || Files.size(path) == 0) {
      return true;
    }
    try (ResultsFile file = new ResultsFile(FileChannel.open(path, StandardOpenOption.READ))) {
      return file.beginsWith(known);
    }
  }

  private boolean beginsWith(WrittenLines known) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    long left = known.bytes();
    while (left > 0) {
      buffer.clear().limit((int) Math.min(BUFFER, left));
      int read = channel.read(buffer);
      if (read < 0) {
        return false;
      }
      checksum.update(buffer.flip());
      left -= read;
    }
    return checksum.getValue() == known.checksum();
  }

  public WrittenLines written() {
    return new WrittenLines(rows, bytes, checksum.getValue());
  }

  public void append(Iterable<? extends RowOutcome> outcomes) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (RowOutcome outcome : outcomes) {
      Csv.FORMAT.printRecord(
          lines,
          outcome.row(),
          outcome.line(),
          outcome.accountId(),
          outcome.status(),
          String.join(";", outcome.changedFields()),
          outcome.httpStatus(),
          outcome.attempts() == 0 ? "" : outcome.attempts(),
          Csv.harmless(outcome.message()),
          outcome.finishedAt());
      rows++;
    }
    write(lines.toString());
  }

  private void write(String text) throws IOException {
    ByteBuffer buffer = StandardCharsets.UTF_8.encode(text);
    checksum.update(buffer.duplicate());
    while (buffer.hasRemaining()) {
      bytes += channel.write(buffer);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
