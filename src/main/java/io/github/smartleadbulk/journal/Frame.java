package io.github.smartleadbulk.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The format of a journal: a header, then frames. A frame holds the records that were forced to the
 * disk together. The writer starts a frame only after the previous one is on the disk. A crash can
 * therefore tear only the last frame of a file. A broken frame before a whole one is damage.
 *
 * <pre>
 * header  magic (8 bytes), id of the file (8), CRC-32C of both (4)
 * frame   magic (4), length of the content (4), CRC-32C (4), content
 * record  kind (1), length (4), content
 * </pre>
 *
 * The checksum of a frame covers the file's id, the frame's position and its content. A frame from
 * another file or another position therefore does not count.
 */
final class Frame {

  static final int HEADER_BYTES = 20;
  static final int PREFIX_BYTES = 12;

  /** The most bytes of content. The largest record, two signatures, is far smaller. */
  static final int LARGEST = 64 << 20;

  private static final long FILE_MAGIC = 0x534C424A_00000001L;
  static final int MAGIC = 0x534C4246;
  private static final int RECORD_PREFIX_BYTES = 5;

  private Frame() {}

  static ByteBuffer header(long id) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).putLong(FILE_MAGIC).putLong(id);
    CRC32C checksum = new CRC32C();
    checksum.update(header.array(), 0, Long.BYTES * 2);
    return header.putInt((int) checksum.getValue()).flip();
  }

  /** Whether these bytes are a header whose checksum is right. */
  static boolean isHeader(ByteBuffer bytes) {
    return bytes.remaining() == HEADER_BYTES && header(bytes.getLong(Long.BYTES)).equals(bytes);
  }

  static long idOf(ByteBuffer header) {
    return header.getLong(Long.BYTES);
  }

  static int checksum(long id, long position, ByteBuffer content) {
    CRC32C checksum = new CRC32C();
    checksum.update(ByteBuffer.allocate(Long.BYTES * 2).putLong(id).putLong(position).flip());
    checksum.update(content.duplicate());
    return (int) checksum.getValue();
  }

  static int size(JournalRecord record) {
    return RECORD_PREFIX_BYTES + record.content().length;
  }

  static void put(ByteBuffer frame, JournalRecord record) {
    frame.put(record.kind()).putInt(record.content().length).put(record.content());
  }

  /** The records in the content of a frame. Check its checksum first. */
  static List<JournalRecord> records(ByteBuffer content) {
    List<JournalRecord> records = new ArrayList<>();
    while (content.hasRemaining()) {
      byte kind = content.get();
      byte[] bytes = new byte[content.getInt()];
      content.get(bytes);
      records.add(new JournalRecord(kind, bytes));
    }
    return records;
  }
}
