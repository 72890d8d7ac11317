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
import io.github.smartleadbulk.job.AccountExports;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.RunPlace;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import io.github.smartleadbulk.workspace.Workspace;
import io.github.smartleadbulk.workspace.WorkspaceSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API that a command calls: SmartLead, another address, or an embedded sandbox that ends with
 * the command.
 *
 * @param sandbox null if the targets are those of the workspaces
 */
public record Target(Workspaces workspaces, @Nullable Sandbox sandbox)
    implements WorkspaceSource, AutoCloseable {

  /** The file in the state folder with the accounts of the embedded sandbox. */
  static final String SANDBOX_STORE = "sandbox.store";

  private static final URI ANY_LOOPBACK = URI.create("http://127.0.0.1");

  /** Opens a target when the state folder is open. */
  public interface Opener {
    Target open(StateStore store) throws IOException;
  }

  /**
   * Checks the options of the usual workspace, so that a missing key is told before the state
   * folder is locked. If no key is set up for it, the rows may name other workspaces.
   */
  public static Opener check(Workspaces workspaces) {
    ApiOptions api = workspaces.api();
    if (api.isSandbox()) {
      return rehearsal(workspaces);
    }
    if (api.sandboxStore() != null) {
      throw new UsageException("--store works only with --sandbox");
    }
    String usual = workspaces.names().usual();
    if (workspaces.configured().contains(usual)) {
      SmartleadClient.warmUp(workspaces.settings(usual).client());
    }
    return store -> new Target(workspaces, null);
  }

  private static Opener rehearsal(Workspaces workspaces) {
    ClientSettings any =
        workspaces.rehearsal(workspaces.names().usual(), ANY_LOOPBACK, ApiKey.of("any")).client();
    return store -> {
      SmartleadClient.warmUp(any);
      return new Target(workspaces, start(workspaces, store));
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
    run.ifPresent(earlier -> workspaces.goOnWith(earlier.id(), earlier.spec()));
    return check(workspaces).open(store);
  }

  @Override
  public Workspace open(String name) {
    return sandbox == null
        ? workspaces.settings(name)
        : workspaces.rehearsal(name, sandbox.baseUrl(), ApiKey.of(sandbox.keyOf(name)));
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
    return new RunPlace(this, results);
  }

  /**
   * Makes an export of the accounts of several workspaces.
   *
   * @param names each once, in the order of their accounts
   */
  public AccountExports exportAll(List<String> names, StateStore store, Clock clock) {
    return new AccountExports(store, names.stream().map(this::open).toList(), clock);
  }

  /** Makes an export of the accounts of a workspace. */
  public AccountExport export(String name, StateStore store, Clock clock) {
    return new AccountExport(store, open(name), clock);
  }

  /** Lets an embedded sandbox list the accounts of an input. */
  public void list(InputFile input) throws IOException {
    if (sandbox == null) {
      return;
    }
    try (InputRows rows = input.rows()) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        sandbox.add(sandbox.keyOf(row.workspace()), row.accountId(), row.fromEmail());
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
