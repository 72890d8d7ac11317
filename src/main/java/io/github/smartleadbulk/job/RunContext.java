package io.github.smartleadbulk.job;

import io.github.smartleadbulk.client.ClientStatistics;
import io.github.smartleadbulk.client.SmartleadClient;
import io.github.smartleadbulk.state.Journal;
import io.github.smartleadbulk.state.RunRecord;
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

  /** Puts the calls made so far on record, on top of those of earlier processes. */
  void keepCalls() {
    ClientStatistics now = client.statistics();
    RunRecord before = prepared.run();
    store
        .runs()
        .setCalls(run(), before.calls() + now.calls(), before.rateLimited() + now.refusals());
  }
}
