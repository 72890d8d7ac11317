package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.process.FolderQueue;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.store.FolderWait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The state folder, for a command that must be the only one to use it. */
@Under(Heading.UNATTENDED)
public final class StateLockOptions {

  @Mixin StateOptions state = new StateOptions();

  @Option(
      names = "--wait",
      paramLabel = "DURATION",
      description =
          "Wait this long if another run uses the state folder, or the workspace in a database (default: exit 6 immediately).")
  @Nullable Duration wait;

  /**
   * Opens the folder when no other run uses it.
   *
   * @param untilDeadline how much time the command has left
   * @param notes receives a note if the command has to wait
   */
  public StateStore open(
      ProcessEnvironment environment, Supplier<Duration> untilDeadline, Consumer<String> notes) {
    StateStore store;
    if (wait == null) {
      store = state.open(environment, FolderWait.NONE);
    } else {
      store =
          state.open(environment, new FolderQueue(wait, untilDeadline, environment.clock(), notes));
    }
    StateOptions.tell(store, environment);
    return store;
  }

  /** See {@link StateOptions#isShared}. */
  public boolean isShared() {
    return state.isShared();
  }

  /** See {@link StateOptions#checkShared}. */
  public void checkShared(String what) {
    state.checkShared(what);
  }

  /** Opens the folder to read it, and leaves its notices to the caller. */
  public Optional<StateStore> openQuietly(ProcessEnvironment environment) {
    return state.openQuietly(environment);
  }

  /** Opens the folder to read it: see {@link StateOptions#openToRead}. */
  public Optional<StateStore> openToRead(ProcessEnvironment environment) {
    return state.openToRead(environment);
  }

  /** The folder, which need not exist. */
  public Path path(ProcessEnvironment environment) {
    return state.path(environment);
  }
}
