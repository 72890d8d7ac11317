package io.github.smartleadbulk.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * A traced folder as the next process finds it. This is a model of a disk behind a cache. The cache
 * holds the names of today, the disk holds what was forced, and the changes between them wait:
 * those of its bytes with each file, those of its names with each folder.
 *
 * <p>After a kill, everything that waits reaches the disk. After a power cut, some of it does:
 *
 * <ul>
 *   <li>A folder has its changes up to a random one, as on a journalling file system.
 *   <li>A sector of a file is as it was after a random write, or still zero where the file grew.
 *   <li>A file that grew has any length between the old and the new one.
 *   <li>A file has its truncations up to a random one, and nothing that was written after the first
 *       truncation that it lacks.
 * </ul>
 *
 * <p>Names and bytes do not wait for each other: a renamed file can be empty, and a forced file can
 * lack its name. A rename from one folder to another happens in both folders or in neither.
 *
 * <p>A seed always makes the same image. The generator is not {@code java.util.Random}, because the
 * first numbers of neighbouring seeds are nearly the same there.
 */
public final class Image {

  private static final int SECTOR = 512;

  private final FolderNode root = new FolderNode();
  private final List<Node> nodes = new ArrayList<>(List.of(root));

  private Image(Trace trace, int count) {
    trace.start().forEach(operation -> operation.replay(this));
    nodes.forEach(Node::force);
    trace.operations().subList(0, count).forEach(operation -> operation.replay(this));
  }

  /** Makes the folder as it is after its first {@code count} operations in {@code target}. */
  public static void afterKill(Trace trace, int count, Path target) throws IOException {
    Image image = new Image(trace, count);
    image.nodes.forEach(Node::force);
    image.root.writeTo(target);
  }

  /** If the last operation is a write, the kill tears it at a random byte. */
  public static void afterTornKill(Trace trace, int count, long seed, Path target)
      throws IOException {
    boolean torn = count > 0 && trace.operations().get(count - 1) instanceof Operation.Written;
    Image image = new Image(trace, torn ? count - 1 : count);
    if (torn) {
      Operation.Written last = (Operation.Written) trace.operations().get(count - 1);
      int part = new SplittableRandom(seed).nextInt(last.bytes().length);
      image.write(last.path(), last.offset(), Arrays.copyOf(last.bytes(), part));
    }
    image.nodes.forEach(Node::force);
    image.root.writeTo(target);
  }

  public static void afterPowerCut(Trace trace, int count, long seed, Path target)
      throws IOException {
    Image image = new Image(trace, count);
    SplittableRandom random = new SplittableRandom(seed);
    image.nodes.forEach(node -> node.cut(random));
    image.root.writeTo(target);
  }

  void createFile(String path) {
    name(path, new FileNode());
  }

  void makeFolder(String path) {
    name(path, new FolderNode());
  }

  private void name(String path, Node node) {
    nodes.add(node);
    new Change(List.of(new Step(folderOf(path), nameOf(path), node))).happen();
  }

  void write(String path, int offset, byte[] bytes) {
    ((FileNode) node(path)).unforced.add(new Piece(offset, bytes));
  }

  void truncate(String path, int length) {
    ((FileNode) node(path)).unforced.add(new Piece(length, null));
  }

  void force(String path) {
    node(path).force();
  }

  void delete(String path) {
    new Change(List.of(new Step(folderOf(path), nameOf(path), null))).happen();
  }

  void rename(String path, String target) {
    new Change(
            List.of(
                new Step(folderOf(path), nameOf(path), null),
                new Step(folderOf(target), nameOf(target), node(path))))
        .happen();
  }

  private Node node(String path) {
    Node node = path.isEmpty() ? root : folderOf(path).names.get(nameOf(path));
    if (node == null) {
      throw new IllegalStateException("The trace does not know " + path);
    }
    return node;
  }

  private FolderNode folderOf(String path) {
    return (FolderNode) node(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
  }

  private static String nameOf(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private abstract static class Node {
    abstract void force();

    abstract void cut(SplittableRandom random);

    abstract void writeTo(Path target) throws IOException;
  }

  /** A name in a folder gets a node, or none. */
  private record Step(FolderNode folder, String name, Node node) {}

  /** Steps that happen together. It is equal to itself only. */
  private static final class Change {
    private final List<Step> steps;

    Change(List<Step> steps) {
      this.steps = steps;
    }

    void happen() {
      for (Step step : steps) {
        put(step.folder.names, step);
        if (!step.folder.unforced.contains(this)) {
          step.folder.unforced.add(this);
        }
      }
    }

    /** Takes all earlier changes of its folders along, which keeps their order. */
    void reachDisk() {
      for (Step step : steps) {
        List<Change> waiting = step.folder.unforced;
        while (waiting.contains(this)) {
          if (waiting.get(0) == this) {
            waiting.remove(0);
          } else {
            waiting.get(0).reachDisk();
          }
        }
      }
      steps.forEach(step -> put(step.folder.forced, step));
    }

    private static void put(Map<String, Node> names, Step step) {
      if (step.node == null) {
        names.remove(step.name);
      } else {
        names.put(step.name, step.node);
      }
    }
  }

  private static final class FolderNode extends Node {
    private final Map<String, Node> names = new HashMap<>();
    private final Map<String, Node> forced = new TreeMap<>();
    private final List<Change> unforced = new ArrayList<>();

    @Override
    void force() {
      while (!unforced.isEmpty()) {
        unforced.get(0).reachDisk();
      }
    }

    @Override
    void cut(SplittableRandom random) {
      int last = random.nextInt(unforced.size() + 1) - 1;
      if (last >= 0) {
        unforced.get(last).reachDisk();
      }
    }

    @Override
    void writeTo(Path target) throws IOException {
      Files.createDirectories(target);
      for (Map.Entry<String, Node> entry : forced.entrySet()) {
        entry.getValue().writeTo(target.resolve(entry.getKey()));
      }
    }
  }

  /** A write at an offset, or, without bytes, a truncation to it. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares or changes the bytes.
  private record Piece(int offset, byte[] bytes) {}

  private static final class FileNode extends Node {
    private byte[] forced = new byte[0];
    private int length;
    private final List<Piece> unforced = new ArrayList<>();

    @Override
    void force() {
      reachDisk(unforced.size(), sector -> Integer.MAX_VALUE);
      unforced.clear();
    }

    /** Leaves out the writes after the count, and in each sector the ones after its last. */
    private int reachDisk(int count, IntUnaryOperator lastBySector) {
      int settled = length;
      for (int i = 0; i < count; i++) {
        Piece piece = unforced.get(i);
        if (piece.bytes == null) {
          Arrays.fill(forced, piece.offset, length, (byte) 0);
          length = piece.offset;
          settled = length;
          continue;
        }
        grow(piece.offset + piece.bytes.length);
        for (int at = 0; at < piece.bytes.length; ) {
          int sector = (piece.offset + at) / SECTOR;
          int end = Math.min(piece.bytes.length, (sector + 1) * SECTOR - piece.offset);
          if (i < lastBySector.applyAsInt(sector)) {
            System.arraycopy(piece.bytes, at, forced, piece.offset + at, end - at);
          }
          at = end;
        }
      }
      return settled;
    }

    private void grow(int needed) {
      if (needed > forced.length) {
        forced = Arrays.copyOf(forced, Math.max(needed, 2 * forced.length));
      }
      length = Math.max(length, needed);
    }

    /** Keeps the writes up to a point, or in each sector those up to a point of its own. */
    @Override
    void cut(SplittableRandom random) {
      int count = untilTruncation(random);
      Map<Integer, Integer> pointBySector = new HashMap<>();
      int point = pointUpTo(count, random);
      IntUnaryOperator lastBySector =
          random.nextBoolean()
              ? sector -> point
              : sector -> pointBySector.computeIfAbsent(sector, any -> pointUpTo(count, random));
      int settled = reachDisk(count, lastBySector);
      length =
          switch (random.nextInt(3)) {
            case 0 -> settled;
            case 1 -> length;
            default -> settled + random.nextInt(length - settled + 1);
          };
    }

    /** The ends are likely, because a long list would seldom reach them. */
    private static int pointUpTo(int count, SplittableRandom random) {
      return switch (random.nextInt(3)) {
        case 0 -> 0;
        case 1 -> count;
        default -> random.nextInt(count + 1);
      };
    }

    /** The first truncation that does not happen takes everything after it along. */
    private int untilTruncation(SplittableRandom random) {
      List<Integer> counts = new ArrayList<>(List.of(unforced.size()));
      for (int i = 0; i < unforced.size(); i++) {
        if (unforced.get(i).bytes == null) {
          counts.add(i);
        }
      }
      return counts.get(random.nextInt(counts.size()));
    }

    @Override
    void writeTo(Path target) throws IOException {
      Files.write(target, Arrays.copyOf(forced, length), StandardOpenOption.CREATE_NEW);
    }
  }
}
