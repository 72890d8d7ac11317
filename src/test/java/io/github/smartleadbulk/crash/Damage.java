package io.github.smartleadbulk.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What another program or a bad disk does to a file. */
public enum Damage {
  BIT,
  PAGE,
  CUT,
  EMPTIED,
  REMOVED,
  SWAPPED;

  private static final int PAGE_SIZE = 4096;

  /** Damages one file and says which and how: "runs/1/journal cut to 311 of 4,096 bytes". */
  public static String of(Path folder, long seed) throws IOException {
    return of(folder, null, seed);
  }

  /** Can also put back the file of the same name from an older copy of the folder. */
  public static String of(Path folder, Path older, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Path file = anyOf(filesIn(folder), random);
    Path relative = folder.relativize(file);
    byte[] bytes = Files.readAllBytes(file);
    List<Damage> possible = new ArrayList<>(List.of(REMOVED));
    if (bytes.length > 0) {
      possible.addAll(List.of(BIT, PAGE, CUT, EMPTIED));
    }
    if (older != null && isChanged(older.resolve(relative), bytes)) {
      possible.add(SWAPPED);
    }
    String what =
        switch (anyOf(possible, random)) {
          case BIT -> changeBit(file, bytes, random);
          case PAGE -> changePage(file, bytes, random);
          case CUT -> cut(file, bytes, random);
          case EMPTIED -> {
            Files.write(file, new byte[0]);
            yield "emptied";
          }
          case REMOVED -> {
            Files.delete(file);
            yield "removed";
          }
          case SWAPPED -> {
            Files.write(file, Files.readAllBytes(older.resolve(relative)));
            yield "replaced by an older copy";
          }
        };
    return relative + " " + what;
  }

  private static String changeBit(Path file, byte[] bytes, SplittableRandom random)
      throws IOException {
    int at = random.nextInt(bytes.length);
    int bit = random.nextInt(8);
    bytes[at] ^= (byte) (1 << bit);
    Files.write(file, bytes);
    return text("with bit %d of byte %,d of %,d changed", bit, at, bytes.length);
  }

  /** To zeros or to noise: both are what disks do. */
  private static String changePage(Path file, byte[] bytes, SplittableRandom random)
      throws IOException {
    int from = random.nextInt((bytes.length - 1) / PAGE_SIZE + 1) * PAGE_SIZE;
    byte[] page = new byte[Math.min(PAGE_SIZE, bytes.length - from)];
    boolean noise = random.nextBoolean();
    if (noise) {
      random.nextBytes(page);
    }
    System.arraycopy(page, 0, bytes, from, page.length);
    Files.write(file, bytes);
    return text(
        "with %s in the page at byte %,d of %,d", noise ? "noise" : "zeros", from, bytes.length);
  }

  private static String cut(Path file, byte[] bytes, SplittableRandom random) throws IOException {
    int length = random.nextInt(bytes.length);
    Files.write(file, Arrays.copyOf(bytes, length));
    return text("cut to %,d of %,d bytes", length, bytes.length);
  }

  private static boolean isChanged(Path older, byte[] bytes) throws IOException {
    return Files.exists(older) && !Arrays.equals(Files.readAllBytes(older), bytes);
  }

  /** Sorted, so that a seed always means the same file. */
  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static <T> T anyOf(List<T> choices, SplittableRandom random) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
