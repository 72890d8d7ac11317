package io.github.smartleadbulk.job;

import io.github.smartleadbulk.client.SmartleadClient;
import io.github.smartleadbulk.state.Journal;
import io.github.smartleadbulk.state.StateStore;
import java.time.Clock;

/** What the steps of one run work with. */
record RunContext(
    PreparedRun prepared,
    RunSettings settings,
    StateStore store,
    SmartleadClient client,
    Journal journal,
    RunProgress progress,
    RunListener listener,
    Clock clock) {

  int run() {
    return prepared.id();
  }
}
