package io.github.smartleadbulk.cli.target;

import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.cli.option.ApiOptions;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.client.SmartleadClient;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.job.AccountExport;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.RunPlace;
import io.github.smartleadbulk.run.RunSettings.CallMemory;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API that a run calls: SmartLead, another address, or an embedded sandbox that ends with the
 * command.
 */
public record Target(Workspace workspace, @Nullable Sandbox sandbox) implements AutoCloseable {

  /** The file in the state folder with the accounts of the embedded sandbox. */
  static final String SANDBOX_STORE = "sandbox.store";

  private static final URI ANY_LOOPBACK = URI.create("http://127.0.0.1");

  /** Opens a target when the state folder is open. */
  public interface Opener {
    Target open(StateStore store) throws IOException;
  }

  /**
   * Checks the options of the usual workspace, so that a missing key is told before the state
   * folder is locked.
   */
  public static Opener check(Workspaces workspaces) {
    ApiOptions api = workspaces.api();
    if (api.isSandbox()) {
      return rehearsal(workspaces);
    }
    if (api.sandboxStore() != null) {
      throw new UsageException("--store works only with --sandbox");
    }
    Target target = warm(new Target(workspaces.settings(workspaces.names().usual()), null));
    return store -> target;
  }

  private static Opener rehearsal(Workspaces workspaces) {
    String name = workspaces.names().usual();
    var unused = workspaces.rehearsal(name, ANY_LOOPBACK, ApiKey.of("any"));
    return store -> {
      Sandbox sandbox = start(workspaces, store);
      try {
        ApiKey key = ApiKey.of(sandbox.exampleKey());
        return warm(new Target(workspaces.rehearsal(name, sandbox.baseUrl(), key), sandbox));
      } catch (RuntimeException e) {
        sandbox.close();
        throw e;
      }
    };
  }

  private static Sandbox start(Workspaces workspaces, StateStore store) throws IOException {
    try {
      return Sandbox.start(SandboxSettings.rehearsal(accounts(workspaces, store)));
    } catch (FileSystemException e) {
      throw new UsageException(
          FaultMessages.of(e)
              + (workspaces.api().sandboxStore() == null
                  ? ". To start with new accounts, delete it."
                  : ""));
    }
  }

  /**
   * The file with the accounts of the sandbox. Without {@code --store}, the state folder has it.
   */
  private static Path accounts(Workspaces workspaces, StateStore store) throws IOException {
    Path own = workspaces.api().sandboxStore();
    if (own != null) {
      return workspaces.environment().resolve(own.toString());
    }
    Path file = store.folder().resolve(SANDBOX_STORE);
    PrivateFiles.open(file).close();
    return file;
  }

  private static Target warm(Target target) {
    SmartleadClient.warmUp(target.client());
    return target;
  }

  /** Opens the target of an earlier run, unless the options name another target. */
  public static Target openFor(Optional<RunRecord> run, Workspaces workspaces, StateStore store)
      throws IOException {
    if (run.isPresent() && run.get().spec().isRehearsal()) {
      if (workspaces.api().namesBaseUrl()) {
        throw new UsageException(
            "run %d was made against the embedded sandbox: remove --base-url"
                .formatted(run.get().id()));
      }
      return rehearsal(workspaces).open(store);
    }
    run.ifPresent(earlier -> workspaces.goOnWith(earlier.id(), earlier.spec().target()));
    return check(workspaces).open(store);
  }

  /** The name of the target in the history. */
  public String name() {
    return workspace.target();
  }

  public ClientSettings client() {
    return workspace.client();
  }

  /** Whether calls also count for later processes. */
  public CallMemory callMemory() {
    return sandbox == null ? CallMemory.KEPT : CallMemory.NONE;
  }

  /** Whether calls can change accounts that somebody uses. */
  public boolean hasRealAccounts() {
    return sandbox == null;
  }

  /**
   * The place of a run against this target.
   *
   * @param results path of the results; null for the run folder
   */
  public RunPlace place(@Nullable Path results) {
    return new RunPlace(name(), workspace.keyHash(), results);
  }

  /** Makes an export of the target's accounts. */
  public AccountExport export(StateStore store, Clock clock) {
    return new AccountExport(store, place(null), client(), callMemory(), clock);
  }

  /** Lets an embedded sandbox list the accounts of an input. */
  public void list(InputFile input) throws IOException {
    if (sandbox == null) {
      return;
    }
    try (InputRows rows = input.rows()) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        sandbox.add(row.accountId(), row.fromEmail());
      }
    } catch (InputException e) {
      // The run also reads the input and reports its problems.
      return;
    }
  }

  @Override
  public void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }
}
