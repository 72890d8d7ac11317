package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.client.ApiKey;
import io.github.smartleadbulk.client.ClientSettings;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import io.github.smartleadbulk.state.RunRecord;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a run talks to: SmartLead, another address, or an embedded sandbox that ends with it.
 *
 * @param name by which the history knows it
 */
record Target(String name, ClientSettings client, @Nullable Sandbox sandbox)
    implements AutoCloseable {

  /** The name of every embedded sandbox: its port changes, its accounts do not. */
  static final String SANDBOX = "sandbox";

  static Target open(ApiChoice api, Surroundings surroundings) throws IOException {
    if (!api.sandbox) {
      ApiKey key = api.key(surroundings);
      ClientSettings client = api.settings(api.baseUrl, key);
      return new Target(name(client.baseUrl()), client, null);
    }
    Sandbox sandbox = Sandbox.start(SandboxSettings.rehearsal(null));
    try {
      ApiKey key = ApiKey.of(sandbox.exampleKey());
      return new Target(SANDBOX, api.settings(sandbox.baseUrl(), key), sandbox);
    } catch (RuntimeException e) {
      sandbox.close();
      throw e;
    }
  }

  /** For a run that is taken up again: what it was made against, unless another is asked for. */
  static Target openFor(Optional<RunRecord> run, ApiChoice api, Surroundings surroundings)
      throws IOException {
    if (run.isPresent() && run.get().spec().target().equals(SANDBOX)) {
      api.sandbox = true;
    } else if (run.isPresent() && !api.namesBaseUrl()) {
      api.baseUrl = URI.create(run.get().spec().target());
    }
    return open(api, surroundings);
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
