package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.csv.CsvRecords;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.input.AddressBook;
import io.github.smartleadbulk.input.Duplicates;
import io.github.smartleadbulk.input.RowReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The input of a run, split into a file for each workspace if there are several. So a workspace
 * reads its own rows only, and a thousand of them can read at different speeds without holding a
 * thousand open files. The files last as long as the process needs them. Thread-safe.
 */
final class InputParts implements AutoCloseable {

  /** How much is collected before it is written to the files. */
  private static final long COLLECTED = 1L << 20;

  /** The rows of one workspace, in the order of the input. For one thread at a time. */
  interface RowSource extends AutoCloseable {

    /** The next row, or null after the last. */
    @Nullable AccountRow next() throws IOException;

    @Override
    void close() throws IOException;
  }

  private final RunContext context;
  private final Predicate<OpenWorkspace> wanted;
  private final Path folder;
  private boolean isSplit;

  /**
   * @param wanted the workspaces whose rows this process reads
   */
  InputParts(RunContext context, Predicate<OpenWorkspace> wanted) {
    this.context = context;
    this.wanted = wanted;
    // Another process of this machine may read other rows of the same run.
    this.folder = context.store().ownFolder().resolve("parts");
  }

  /** The rows of a workspace after the first rows of the input that have lines. */
  RowSource rows(OpenWorkspace workspace) throws IOException {
    if (context.workspaces().size() == 1) {
      return new Whole(records());
    }
    split();
    return new Part(file(workspace.place()), context.workspaces().size());
  }

  private CsvRecords records() throws IOException {
    CsvRecords records = context.prepared().input().records();
    try {
      records.skip(context.rowsWritten());
      return records;
    } catch (IOException | RuntimeException e) {
      records.close();
      throw e;
    }
  }

  private synchronized void split() throws IOException {
    if (isSplit) {
      return;
    }
    // An earlier process may have been killed.
    delete();
    PrivateFiles.createFolder(folder);
    RowReader reader =
        context.prepared().input().rowReader(Duplicates.none(), AddressBook.unknown());
    List<ByteArrayOutputStream> collected = new ArrayList<>();
    for (OpenWorkspace workspace : context.workspaces()) {
      collected.add(new ByteArrayOutputStream());
      PrivateFiles.create(file(workspace.place())).close();
    }
    long bytes = 0;
    try (CsvRecords records = records()) {
      for (AccountRow record = records.read(); record != null; record = records.read()) {
        OpenWorkspace workspace = context.workspace(reader.read(record, AddressBook.unknown()));
        if (wanted.test(workspace)) {
          bytes += write(record, collected.get(workspace.place()));
        }
        if (bytes > COLLECTED) {
          append(collected);
          bytes = 0;
        }
      }
    }
    append(collected);
    isSplit = true;
  }

  private static long write(AccountRow record, OutputStream to) throws IOException {
    DataOutputStream out = new DataOutputStream(to);
    out.writeLong(record.number());
    out.writeLong(record.line());
    out.writeInt(record.cells().size());
    for (String cell : record.cells()) {
      byte[] bytes = cell.getBytes(StandardCharsets.UTF_8);
      out.writeInt(bytes.length);
      out.write(bytes);
    }
    return out.size();
  }

  private void append(List<ByteArrayOutputStream> collected) throws IOException {
    for (int place = 0; place < collected.size(); place++) {
      if (collected.get(place).size() > 0) {
        try (OutputStream out = Files.newOutputStream(file(place), StandardOpenOption.APPEND)) {
          collected.get(place).writeTo(out);
        }
        collected.set(place, new ByteArrayOutputStream());
      }
    }
  }

  private Path file(int place) {
    return folder.resolve(Integer.toString(place));
  }

  @Override
  public void close() throws IOException {
    delete();
  }

  private void delete() throws IOException {
    if (Files.exists(folder)) {
      PrivateFiles.deleteTree(folder);
    }
  }

  private record Whole(CsvRecords records) implements RowSource {

    @Override
    public @Nullable AccountRow next() throws IOException {
      return records.read();
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }

  /** Reads a few rows at a time and closes the file in between. */
  private static final class Part implements RowSource {

    private static final int MOST_ROWS = 50;
    private static final int MOST_BYTES = 1 << 14;

    /** What the parts of all workspaces hold together, or more if each holds only one row. */
    private static final int ROWS_OF_ALL = 4_000;

    private static final int BYTES_OF_ALL = 1 << 20;

    private final Path file;
    private final int rowsAtOnce;
    private final int bytesAtOnce;
    private final Deque<AccountRow> read = new ArrayDeque<>();
    private long position;

    Part(Path file, int workspaces) {
      this.file = file;
      this.rowsAtOnce = Math.max(1, Math.min(MOST_ROWS, ROWS_OF_ALL / workspaces));
      this.bytesAtOnce = Math.max(1, Math.min(MOST_BYTES, BYTES_OF_ALL / workspaces));
    }

    @Override
    public @Nullable AccountRow next() throws IOException {
      if (read.isEmpty()) {
        readOn();
      }
      return read.poll();
    }

    private void readOn() throws IOException {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
        long size = channel.size();
        long start = position;
        channel.position(position);
        DataInputStream in =
            new DataInputStream(
                new BufferedInputStream(Channels.newInputStream(channel), bytesAtOnce));
        while (position < size && read.size() < rowsAtOnce && position - start < bytesAtOnce) {
          read.add(row(in));
        }
      }
    }

    private AccountRow row(DataInputStream in) throws IOException {
      long number = in.readLong();
      long line = in.readLong();
      int cells = in.readInt();
      position += 2 * Long.BYTES + Integer.BYTES;
      String[] texts = new String[cells];
      for (int i = 0; i < cells; i++) {
        byte[] bytes = in.readNBytes(in.readInt());
        position += Integer.BYTES + bytes.length;
        texts[i] = new String(bytes, StandardCharsets.UTF_8);
      }
      return new AccountRow(number, line, List.of(texts));
    }

    @Override
    public void close() {
      read.clear();
    }
  }
}
