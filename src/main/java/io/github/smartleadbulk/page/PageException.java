package io.github.smartleadbulk.page;

import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.store.DiskFailure;
import java.io.IOException;
import java.nio.file.Path;

/** A page was not written. What it was made of is as it was. */
public final class PageException extends RuntimeException {

  private static final long serialVersionUID = 1;

  PageException(Path path, IOException failure) {
    // Without the cause: a full disk does no harm to the run.
    super(
        "the page %s was not written: %s"
            .formatted(
                path,
                DiskFailure.isOfTheDisk(failure)
                    ? failure.getMessage()
                    : FaultMessages.of(failure)));
  }
}
