package io.github.smartleadbulk.store;

import io.github.smartleadbulk.store.StateException.Reason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Messages for a state folder that the program may not write to. */
public final class ReadOnlyFolder {

  /** The message of Linux and macOS. */
  private static final String READ_ONLY = "Read-only file system";

  private ReadOnlyFolder() {}

  /** The message if missing write access caused the failure; empty if something else did. */
  public static Optional<StateException> find(Path folder, IOException failure) {
    if (failure instanceof AccessDeniedException denied) {
      Path path = Path.of(denied.getFile());
      return Optional.of(
          words(folder, "access denied to " + withOwner(path), "Get write access", failure));
    }
    if (String.valueOf(failure.getMessage()).contains(READ_ONLY)) {
      return Optional.of(
          words(folder, "its file system is read-only", "Mount it with write access", failure));
    }
    return Optional.empty();
  }

  private static StateException words(
      Path folder, String why, String whatToDo, IOException failure) {
    boolean isThere = Files.exists(folder);
    return new StateException(
        Reason.UNUSABLE,
        "state folder %s cannot be %s (%s), so nothing was started. %s, or choose another folder with --state-dir.%s"
            .formatted(
                folder,
                isThere ? "written" : "created",
                why,
                whatToDo,
                isThere ? " 'runs' and 'show' need no write access." : ""),
        failure);
  }

  /** A path for a message, with who owns it. */
  public static String withOwner(Path path) {
    return path + owner(path);
  }

  /** The owner of the file, or of the nearest existing folder above it. */
  private static String owner(Path path) {
    for (Path there = path; there != null; there = there.getParent()) {
      try {
        if (Files.exists(there)) {
          String owner = Files.getOwner(there).getName();
          return there.equals(path)
              ? ", which belongs to " + owner
              : "; " + there + " belongs to " + owner;
        }
      } catch (IOException | UnsupportedOperationException e) {
        return "";
      }
    }
    return "";
  }
}
