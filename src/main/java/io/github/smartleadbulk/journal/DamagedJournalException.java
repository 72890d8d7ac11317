package io.github.smartleadbulk.journal;

import java.io.IOException;
import java.nio.file.Path;

/** A journal no longer holds what was written to it. */
public final class DamagedJournalException extends IOException {

  private static final long serialVersionUID = 1L;

  DamagedJournalException(Path path, long position) {
    super(
        "%s is damaged at byte %,d: its content has changed since it was written"
            .formatted(path, position));
  }
}
