package io.github.smartleadbulk.result;

import io.github.smartleadbulk.account.RowOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.csv.CSVFormat;

/**
 * {@code results.csv}: one line per row of the input, in its order, on disk after every {@link
 * #append}. Used by one thread.
 */
public final class ResultsFile implements AutoCloseable {

  private static final String HEADER =
      "row,line,email_account_id,status,changed_fields,http_status,attempts,message,finished_at\n";

  private static final CSVFormat FORMAT =
      CSVFormat.RFC4180.builder().setRecordSeparator('\n').get();

  private final FileChannel channel;
  private long rows;
  private long bytes;

  private ResultsFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Opens the file behind the lines that are known to be whole; what stands after them is cut off.
   * A file that is not there, or shorter than it was, begins anew: {@link #rows()} is 0 then, and
   * the lines have to come from the journal.
   *
   * @param rows that were written when the run last took note
   * @param bytes that the file had then; 0 for a new run
   */
  public static ResultsFile open(Path path, long rows, long bytes) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      ResultsFile file = new ResultsFile(channel);
      if (bytes > 0 && channel.size() >= bytes && file.hasHeader()) {
        channel.truncate(bytes);
        channel.position(bytes);
        file.rows = rows;
        file.bytes = bytes;
      } else {
        channel.truncate(0);
        channel.position(0);
        file.write(HEADER);
      }
      return file;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private boolean hasHeader() throws IOException {
    ByteBuffer start = ByteBuffer.allocate(HEADER.length());
    int read = channel.read(start, 0);
    return read == HEADER.length()
        && HEADER.equals(new String(start.array(), StandardCharsets.US_ASCII));
  }

  /** Lines behind the header. */
  public long rows() {
    return rows;
  }

  public long bytes() {
    return bytes;
  }

  public void append(Iterable<? extends RowOutcome> outcomes) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (RowOutcome outcome : outcomes) {
      FORMAT.printRecord(
          lines,
          outcome.row(),
          outcome.line(),
          outcome.accountId(),
          outcome.status(),
          String.join(";", outcome.changedFields()),
          outcome.httpStatus(),
          outcome.attempts() == 0 ? "" : outcome.attempts(),
          harmless(outcome.message()),
          outcome.finishedAt());
      rows++;
    }
    write(lines.toString());
  }

  private void write(String text) throws IOException {
    ByteBuffer buffer = StandardCharsets.UTF_8.encode(text);
    while (buffer.hasRemaining()) {
      bytes += channel.write(buffer);
    }
  }

  /** A text that no spreadsheet takes for a formula (OWASP, "CSV injection"). */
  private static String harmless(String text) {
    return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
