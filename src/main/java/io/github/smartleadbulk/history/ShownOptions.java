package io.github.smartleadbulk.history;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.run.Invocation;
import io.github.smartleadbulk.run.RunOptions;
import io.github.smartleadbulk.state.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The options that are stored with a run, as a command line spells them. */
final class ShownOptions {

  private final List<String> shown = new ArrayList<>();

  private ShownOptions() {}

  /** Each option with its value. Long texts are cut. Guards are not among them. */
  static List<String> of(RunRecord run) {
    RunOptions options = RunOptions.parse(run.spec().options());
    ShownOptions all = new ShownOptions();
    if (!options.isRollback()) {
      // The program chose how to read the values that it restores.
      all.shown.addAll(options.inputAsOptions());
    }
    all.add("excel", options.excel());
    all.add("force", options.force());
    if (options.ramp() != null) {
      all.add("date", options.ramp().day().toString());
      all.add("allow-decrease", !options.onlyRaise());
    }
    new TreeMap<>(options.fills().stored())
        .forEach(
            (name, text) ->
                all.shown.add(
                    "--set " + name.substring(name.indexOf('.') + 1) + "=" + Cells.shown(text)));
    String profile = run.spec().options().get(RunOptions.PROFILE);
    if (profile != null) {
      all.add(RunOptions.PROFILE, profile);
    }
    return all.shown;
  }

  private void add(String option, boolean isSet) {
    if (isSet) {
      shown.add("--" + option);
    }
  }

  private void add(String option, String value) {
    shown.add("--" + option + " " + Invocation.quoted(value));
  }
}
