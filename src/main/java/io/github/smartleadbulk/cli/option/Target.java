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
 * What a run talks to: SmartLead, another address, or an embedded sandbox that ends with it.
 *
 * @param name by which the history knows it
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

  /** For a run that is taken up again: what it was made against, unless another is asked for. */
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

  /** Whether the calls count for later processes too. */
  public CallMemory callMemory() {
    return sandbox == null ? CallMemory.KEPT : CallMemory.NONE;
  }

  /**
   * Where a run against this target goes.
   *
   * @param results where they go; null for the run's folder
   */
  public RunPlace place(@Nullable Path results) {
    return new RunPlace(name, client.key().hash(), results);
  }

  /** An export of the accounts that are there. */
  public AccountExport export(StateStore store, Clock clock) {
    return new AccountExport(store, place(null), client, callMemory(), clock);
  }

  /** Has an embedded sandbox list the accounts of an input: they are those of its user. */
  public void list(InputFile input) throws IOException {
    if (sandbox == null) {
      return;
    }
    try (InputRows rows = input.rows()) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        sandbox.add(row.accountId(), row.fromEmail());
      }
    } catch (InputException e) {
      // The run reads the input too, and says what is wrong with it.
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
