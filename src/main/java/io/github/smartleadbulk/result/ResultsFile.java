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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * {@code results.csv}, one line for each row of the input, in input order. Every {@link #append}
 * writes its lines to the file immediately. Not thread-safe.
 */
public final class ResultsFile implements AutoCloseable {

  private static final String HEADER =
      "row,line,email_account_id,status,changed_fields,http_status,attempts,message,finished_at";

  private static final int BUFFER = 1 << 16;

  private final FileChannel channel;
  private final WorkspaceColumn workspaces;
  private final CRC32C checksum = new CRC32C();
  private long rows;
  private long bytes;

  private ResultsFile(FileChannel channel, WorkspaceColumn workspaces) {
    this.channel = channel;
    this.workspaces = workspaces;
  }

  /**
   * Opens the file to append to the part known to be whole, and cuts off the rest. If the file no
   * longer begins with that part, because somebody deleted it, saved it in a spreadsheet or
   * replaced it, the file starts anew without {@link #written} rows. The lines must then come from
   * the journal.
   *
   * @param known what was written according to the last record of the run
   * @param workspaces the same in every process of the run
   */
  public static ResultsFile open(Path path, WrittenLines known, WorkspaceColumn workspaces)
      throws IOException {
    FileChannel channel = PrivateFiles.open(path);
    try {
      ResultsFile file = new ResultsFile(channel, workspaces);
      if (known.bytes() > 0 && beginsWith(channel, known, file.checksum)) {
        channel.truncate(known.bytes());
        channel.position(known.bytes());
        file.rows = known.rows();
        file.bytes = known.bytes();
      } else {
        String mark = file.hasMark() ? ByteOrderMark.FOR_EXCEL.toString() : "";
        channel.truncate(0);
        channel.position(0);
        file.checksum.reset();
        file.write(mark + header(workspaces));
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
    for (WorkspaceColumn workspaces : WorkspaceColumn.values()) {
      if (Csv.mayReplace(path, header(workspaces))) {
        return true;
      }
    }
    return false;
  }

  private static String header(WorkspaceColumn workspaces) {
    return switch (workspaces) {
      case ABSENT -> HEADER + "\n";
      case PRESENT -> HEADER + "," + WorkspaceColumn.NAME + "\n";
    };
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
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return beginsWith(channel, known, new CRC32C());
    }
  }

  private static boolean beginsWith(FileChannel channel, WrittenLines known, CRC32C checksum)
      throws IOException {
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
      List<@Nullable Object> cells = new ArrayList<>();
      cells.add(outcome.row());
      cells.add(outcome.line());
      cells.add(outcome.accountId());
      cells.add(outcome.status());
      cells.add(String.join(";", outcome.changedFields()));
      cells.add(outcome.httpStatus());
      cells.add(outcome.attempts() == 0 ? "" : outcome.attempts());
      cells.add(Csv.harmless(outcome.message()));
      cells.add(outcome.finishedAt());
      if (workspaces == WorkspaceColumn.PRESENT) {
        cells.add(outcome.workspace());
      }
      Csv.FORMAT.printRecord(lines, cells.toArray());
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
