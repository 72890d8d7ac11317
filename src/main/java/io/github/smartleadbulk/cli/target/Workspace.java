package io.github.smartleadbulk.cli.target;

import io.github.smartleadbulk.api.ClientSettings;

/**
 * A workspace that can be used.
 *
 * @param target the API that it calls, as the history names it
 * @param client with the key
 */
public record Workspace(String name, String target, ClientSettings client) {

  /** Identifies the key. */
  public String keyHash() {
    return client.key().hash();
  }
}
