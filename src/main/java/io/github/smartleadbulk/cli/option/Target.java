package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.client.SmartleadClient;
import io.github.smartleadbulk.csv.InputException;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.job.AccountExport;
import io.github.smartleadbulk.run.RunPlace;
import io.github.smartleadbulk.run.RunSettings.CallMemory;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import io.github.smartleadbulk.state.RunRecord;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API that a run calls: SmartLead, another address, or an embedded sandbox that ends with the
 * run.
 *
 * @param name the name of the target in the history
 */
public record Target(String name, ClientSettings client, @Nullable Sandbox sandbox)
    implements AutoCloseable {

  /** The name of every embedded sandbox: its port changes, its accounts do not. */
  static final String SANDBOX = "sandbox";

  public static Target open(ApiOptions api, ProcessEnvironment environment) throws IOException {
    if (!api.sandbox) {
      if (api.sandboxStore != null) {
        throw new UsageException("--store works only with --sandbox");
      }
      ApiKey key = api.key(environment);
      ClientSettings client = api.settings(api.baseUrl, key);
      return warm(new Target(name(client.baseUrl()), client, null));
    }
    Sandbox sandbox =
        Sandbox.start(
            SandboxSettings.rehearsal(
                api.sandboxStore == null
                    ? null
                    : environment.resolve(api.sandboxStore.toString())));
    try {
      ApiKey key = ApiKey.of(sandbox.exampleKey());
      return warm(new Target(SANDBOX, api.settings(sandbox.baseUrl(), key), sandbox));
    } catch (RuntimeException e) {
      sandbox.close();
      throw e;
    }
  }

  private static Target warm(Target target) {
    SmartleadClient.warmUp(target.client());
    return target;
  }

  /** Opens the target of an earlier run, unless the options name another target. */
  public static Target openFor(
      Optional<RunRecord> run, ApiOptions api, ProcessEnvironment environment) throws IOException {
    if (run.isPresent() && run.get().spec().target().equals(SANDBOX)) {
      if (api.namesBaseUrl()) {
        throw new UsageException(
            "run %d was made against the embedded sandbox: remove --base-url"
                .formatted(run.get().id()));
      }
      api.sandbox = true;
    } else if (run.isPresent() && !api.namesBaseUrl()) {
      api.baseUrl = URI.create(run.get().spec().target());
    }
    return open(api, environment);
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
    return new RunPlace(name, client.key().hash(), results);
  }

  /** Makes an export of the target's accounts. */
  public AccountExport export(StateStore store, Clock clock) {
    return new AccountExport(store, place(null), client, callMemory(), clock);
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

  private static String name(URI baseUrl) {
    return baseUrl.toString().replaceFirst("/+$", "");
  }

  @Override
  public void close() {
    if (sandbox != null) {
      sandbox.close();
    }
  }
}
