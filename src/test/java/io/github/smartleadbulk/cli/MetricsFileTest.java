package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.FaultPlan;
import io.github.smartleadbulk.sandbox.Sandbox;
import io.github.smartleadbulk.sandbox.SandboxSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code --metrics-file}, and the alerts on what it writes. */
class MetricsFileTest {

  private static final long FIRST = Sandbox.FIRST_ACCOUNT_ID;
  private static final Pattern NAME = Pattern.compile("smartlead_bulk_[a-z0-9_]+");

  @TempDir Path home;

  private TestProgram program;
  private Path file;

  @BeforeEach
  void program() throws IOException {
    program = new TestProgram(home).with("SMARTLEAD_API_KEY", "key");
    program.file("rows.csv", "id,max_email_per_day", FIRST + ",5", "77,6", (FIRST + 1) + ",many");
    program.file("good.csv", "id,max_email_per_day", FIRST + ",6");
    program.file("ramp.csv", "email_account_id,from,start,step,cap", FIRST + ",2026-11-01,10,1,50");
    file = Files.createDirectory(home.resolve("collected")).resolve("smartlead.prom");
  }

  private static Sandbox sandbox() throws IOException {
    return Sandbox.start(
        new SandboxSettings(
            0, 10, List.of(), Duration.ZERO, FaultPlan.parse("none"), null, 1, null));
  }

  private Ended run(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--metrics-file";
    all[arguments.length + 1] = file.toString();
    return program.run(all);
  }

  /** The value of a sample, such as {@code last_run_rows{command="update",status="failed"}}. */
  private double value(String sample) throws IOException {
    String start = "smartlead_bulk_" + sample + " ";
    return Files.readString(file)
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
        .findFirst()
        .orElse(Double.NaN);
  }

  private static Set<String> names(String text) {
    return NAME.matcher(text)
        .results()
        .map(match -> match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void aRunThatEndsWritesWhatTheHistorySays() throws IOException {
    try (Sandbox sandbox = sandbox()) {
      String url = sandbox.baseUrl().toString();
      assertThat(run("update", "rows.csv", "--base-url", url).exitCode()).isEqualTo(1);

      JsonNode summary =
          JsonMapper.shared().readTree(Files.readString(program.runFile(1, "summary.json")));
      assertThat(value("last_run_rows{command=\"update\",status=\"updated\"}")).isEqualTo(1);
      assertThat(value("last_run_rows{command=\"update\",status=\"failed\"}")).isEqualTo(1);
      assertThat(value("last_run_rows{command=\"update\",status=\"invalid\"}")).isEqualTo(1);
      assertThat(value("last_run_rows{command=\"update\",status=\"open\"}")).isZero();
      assertThat(value("last_run_calls{command=\"update\"}"))
          .isEqualTo(summary.at("/calls").doubleValue());
      assertThat(value("last_run_duration_seconds{command=\"update\"}"))
          .isEqualTo(summary.at("/seconds").doubleValue());
      assertThat(value("last_run_exit_code{command=\"update\"}")).isEqualTo(1);
      assertThat(value("last_run_rate_limited_calls{command=\"update\"}")).isZero();
      assertThat(value("last_run_success{command=\"update\"}")).isZero();
      assertThat(value("last_run_unfinished{command=\"update\"}")).isZero();
      assertThat(value("last_success_timestamp_seconds{command=\"update\"}")).isNaN();

      // Another command's file has the metrics of both.
      assertThat(run("ramp", "ramp.csv", "--base-url", url).exitCode()).isZero();
      assertThat(value("last_run_rows{command=\"update\",status=\"failed\"}")).isEqualTo(1);
      assertThat(value("last_run_success{command=\"ramp\"}")).isEqualTo(1);
      double succeeded = value("last_success_timestamp_seconds{command=\"ramp\"}");
      assertThat(succeeded)
          .isGreaterThan(value("last_run_start_timestamp_seconds{command=\"ramp\"}"));

      assertThat(run("retry", "1", "--base-url", url).exitCode()).isEqualTo(1);
      assertThat(value("last_run_rows{command=\"retry\",status=\"failed\"}")).isEqualTo(1);
      assertThat(run("rollback", "1", "--base-url", url, "--force").exitCode()).isZero();
      assertThat(value("last_run_success{command=\"rollback\"}")).isEqualTo(1);
    }
  }

  @Test
  void aRunThatIsStoppedAndResumedWritesBothTimes() throws IOException {
    program.file("two.csv", "id,max_email_per_day", FIRST + ",8", (FIRST + 1) + ",9");
    try (Sandbox sandbox = sandbox()) {
      String url = sandbox.baseUrl().toString();
      assertThat(run("update", "two.csv", "--base-url", url, "--max-changes", "1").exitCode())
          .isEqualTo(4);
      assertThat(value("last_run_unfinished{command=\"update\"}")).isEqualTo(1);
      assertThat(value("last_run_exit_code{command=\"update\"}")).isEqualTo(4);
      assertThat(value("last_run_rows{command=\"update\",status=\"open\"}")).isEqualTo(2);

      assertThat(run("resume", "--base-url", url, "--max-changes", "2").exitCode()).isZero();
      assertThat(value("last_run_unfinished{command=\"update\"}")).isZero();
      assertThat(value("last_run_success{command=\"update\"}")).isEqualTo(1);
    }
  }

  @Test
  void statusWritesTheSame() throws IOException {
    program.run("update", "good.csv", "--sandbox");
    assertThat(file).doesNotExist();

    assertThat(run("status", "-q", "--command", "ramp").exitCode()).isEqualTo(1);

    assertThat(value("last_run_success{command=\"update\"}")).isEqualTo(1);
    assertThat(run("status", "--state-dir", "missing").exitCode()).isEqualTo(2);
    assertThat(value("last_run_success{command=\"update\"}")).isEqualTo(1);
  }

  @Test
  void withoutRunsTheFileIsEmpty() {
    assertThat(run("status").exitCode()).isZero();
    assertThat(file).isEmptyFile();
    assertThat(run("status").err()).isEmpty();
  }

  /** Somebody who tries something must not hide that the night did not run. */
  @Test
  void rehearsalsCountOnlyUntilThereIsARunAgainstAnApi() throws IOException {
    run("ramp", "ramp.csv", "--sandbox");
    assertThat(value("last_run_success{command=\"ramp\"}")).isEqualTo(1);
    try (Sandbox sandbox = sandbox()) {
      run("update", "rows.csv", "--base-url", sandbox.baseUrl().toString());
    }
    run("update", "good.csv", "--sandbox");

    assertThat(value("last_run_success{command=\"update\"}")).isZero();
    assertThat(value("last_run_success{command=\"ramp\"}")).isNaN();
    assertThat(program.run("status").out()).startsWith("FAILED: run 2 (update)");
  }

  @Test
  void theCollectorCanReadItAndFindsNothingElse() throws IOException {
    Files.writeString(file, "");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    run("update", "good.csv", "--sandbox");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
    assertThat(Files.readString(file)).endsWith("\n").doesNotContain("good.csv");
  }

  @Test
  void aFileThatCannotBeWrittenIsAWarning() throws IOException {
    String input = Files.readString(home.resolve("good.csv"));
    for (String path : List.of("missing/x.prom", "collected", "good.csv")) {
      Ended ended =
          program.run("update", "good.csv", "--sandbox", "--force", "-q", "--metrics-file", path);
      assertThat(ended.exitCode()).as(path).isZero();
      Ended status = program.run("status", "-q", "--metrics-file", path);
      assertThat(status.exitCode()).isZero();
      assertThat(status.err())
          .startsWith("warning: the metrics file " + home.resolve(path) + " was not written: ");
    }
    assertThat(home.resolve("good.csv")).hasContent(input);
    assertThat(home.resolve("missing")).doesNotExist();
  }

  @Test
  void theConfigFileCanSetIt() throws IOException {
    program.withConfig("metrics-file = collected/other.prom");

    program.run("update", "good.csv", "--sandbox");

    assertThat(home.resolve("collected/other.prom")).exists();
  }

  @Test
  void alertsAndReferenceNameTheMetricsThatAreWritten() throws IOException {
    try (Sandbox sandbox = sandbox()) {
      run("update", "good.csv", "--base-url", sandbox.baseUrl().toString(), "--rate", "2/s");
    }
    Set<String> written = names(Files.readString(file));
    String alerts = Files.readString(Path.of("config/prometheus-alerts.yml"));

    assertThat(names(alerts)).hasSizeGreaterThan(3).isSubsetOf(written);
    assertThat(Documents.codeOfColumn(Documents.REFERENCE, "### Metrics", 0)).containsAll(written);
    // What the alerts select by is there, too.
    for (String label :
        List.of("command=\"update\"", "status=\"failed\"", "status=\"uncertain\"")) {
      assertThat(Files.readString(file)).contains(label);
    }
    for (String command : found("run.sh [a-z]+", alerts)) {
      assertThat(program.run(command.substring("run.sh ".length()), "--help").exitCode()).isZero();
    }
  }

  private static Set<String> found(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map(match -> match.group())
        .collect(Collectors.toSet());
  }
}
