package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.state.FolderWait;
import io.github.smartleadbulk.state.StateStore;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where state is kept, for a command that has to be the only one that works there. */
final class StateLockChoice {

  @Mixin StateChoice state = new StateChoice();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "Wait this long if another run uses the state folder (default: exit 6 immediately).")
  @Nullable Duration wait;

  StateStore open(Subcommand command) throws ReflectiveOperationException {
    StateStore store = wait == null ? open(command, FolderWait.NONE) : openAndWait(command, wait);
    StateChoice.tell(store, command.surroundings);
    return store;
  }

  private StateStore openAndWait(Subcommand command, Duration longest)
      throws ReflectiveOperationException {
    try (FolderQueue queue = FolderQueue.join(command, longest)) {
      return open(command, queue);
    }
  }

  private StateStore open(Subcommand command, FolderWait waiting) {
    return StateStore.open(path(command.surroundings), waiting);
  }

  /** The folder, which need not be there. */
  Path path(Surroundings surroundings) {
    return state.path(surroundings);
  }
}
