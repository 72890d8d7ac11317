package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.postgres.PostgresAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code config/} has for schedulers fits the program, and one file the other. */
class ScheduleFilesTest {

  private static final String SERVICE = "smartlead-bulk.service";
  private static final String TIMER = "smartlead-bulk.timer";
  private static final String CRONTAB = "crontab.example";
  private static final String CRON_JOB = "kubernetes-cronjob.yaml";
  private static final String DOCKERFILE = "Dockerfile";
  private static final String OPTIONS = "container.options";
  private static final String WORKER = "smartlead-worker@.service";
  private static final String WORKERS = "kubernetes-worker.yaml";

  /** Of other programs: systemd's, Docker's, kubectl's. */
  private static final Set<String> OPTIONS_OF_OTHERS =
      Set.of(
          "--system",
          "--home-dir",
          "--shell",
          "--now",
          "--from",
          "--from-file",
          "--rm",
          "--read-only",
          "--tmpfs",
          "--stop-timeout",
          "--no-install-recommends",
          "--interval",
          "--start-period");

  /** Seconds that a call may take to end: the default of {@code --timeout}. */
  private static final int TIMEOUT = 30;

  private static String read(String name) throws IOException {
    return Files.readString(Path.of("config", name));
  }

  private static Set<String> found(String regex, String text) {
    return Pattern.compile(regex)
        .matcher(text)
        .results()
        .map(match -> match.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String only(String regex, String text) {
    Matcher matcher = Pattern.compile(regex, Pattern.MULTILINE).matcher(text);
    assertThat(matcher.find()).as(regex).isTrue();
    return matcher.group(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {SERVICE, TIMER, CRONTAB, CRON_JOB, DOCKERFILE, WORKER, WORKERS})
  void everyOptionAndVariableIsTheProgramsOwn(String file) throws IOException {
    String text = read(file);
    TestProgram program = new TestProgram(Path.of("."));
    String help = program.run("update", "--help").out() + program.run("worker", "--help").out();
    String reference = Documents.text(Documents.REFERENCE);

    Set<String> options = found("(?<![\\w-])--[a-z][a-z-]+", text);
    options.removeAll(OPTIONS_OF_OTHERS);
    assertThat(options).allMatch(option -> help.contains(" " + option));
    assertThat(found("SMARTLEAD_[A-Z_]+", text))
        .allMatch(variable -> reference.contains("| `" + variable + "` |"));
    assertThat(found("(?<!JDK_)JAVA_[A-Z_]+", text))
        .allMatch(Files.readString(Path.of("src/main/launcher/lib/launch.sh"))::contains);
    assertThat(text).doesNotContain("SMARTLEAD_API_KEY=").doesNotContain("\t");
  }

  @Test
  void theirCommandsAreUnderstood(@TempDir Path home) throws IOException {
    List<String> commands =
        List.of(
            only("^ExecStart=\\S+/run\\.sh (.*)$", read(SERVICE)),
            only("^30 1 \\* \\* \\* \\S+/run\\.sh (.*)$", read(CRONTAB)),
            only("args: \\[(.*)]$", read(CRON_JOB)).replace(",", ""),
            only("smartlead-bulk:0\\.1\\.0 (update .*)$", read(DOCKERFILE)));

    for (String command : commands) {
      String[] words = command.split(" ");
      Ended ended = new TestProgram(home).with("SMARTLEAD_API_KEY", "none").run(words);
      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err()).as(command).endsWith("limits.csv: no such file\n");
      assertThat(Arrays.asList(words)).contains("-q");
    }
  }

  @Test
  void whatTheyStartIsThereAndOfOnePlace() throws IOException {
    assertThat(Path.of("run.sh")).isExecutable();
    String start =
        "[\"/opt/smartlead-bulk/runtime/bin/java\", \"@/opt/smartlead-bulk/lib/container.options\"";
    assertThat(read(DOCKERFILE))
        .contains("\nENTRYPOINT " + start + "]\n", "\n  CMD " + start + ", ");
    assertThat(read(WORKERS).replaceAll("\\n +- ", " "))
        .contains(" " + start.replaceAll("[\\[\"]", "").replace(", ", " \"") + "\" runs\n");
    for (String file : List.of(SERVICE, CRONTAB, WORKER)) {
      assertThat(found("[^\\s=]+/run\\.sh", read(file))).containsOnly("/opt/smartlead-bulk/run.sh");
    }
  }

  @Test
  void theImageIsMadeOfFilesThatAreThereAndRunsAsNobodySpecial() throws IOException {
    String text = read(DOCKERFILE);
    assertThat(only("^COPY (?!--from)(\\S+) .*$", text))
        .isEqualTo("config/" + OPTIONS)
        .satisfies(source -> assertThat(Path.of(source)).exists());
    assertThat(found("(?m)^FROM \\S+", text))
        .containsExactly("FROM debian:12-slim", "FROM scratch");
    assertThat(read(OPTIONS))
        .contains("-Dsmartlead.home=/opt/smartlead-bulk ")
        .endsWith("\n-jar /opt/smartlead-bulk/smartlead-bulk.jar\n");
    assertThat(only("^USER (.*)$", text)).isEqualTo("10001:10001");
    String state = only("^ENV SMARTLEAD_STATE_DIR=(.*)$", text);
    assertThat(text)
        .contains("\nVOLUME " + state + "\n")
        .contains("-o 10001 -g 10001 /image" + state);

    assertThat(read(CRON_JOB))
        .contains("runAsUser: 10001\n", "fsGroup: 10001\n", "mountPath: " + state + "\n");
  }

  @Test
  void theServiceGivesTheKeyAsACredentialAndTimeToEnd() throws IOException {
    String text = read(SERVICE);

    assertThat(text.lines())
        .contains(
            "Type=oneshot",
            "LoadCredential=api-key:/etc/smartlead-bulk/api-key",
            "Environment=SMARTLEAD_API_KEY_FILE=%d/api-key",
            "StateDirectory=smartlead-bulk",
            "Environment=SMARTLEAD_STATE_DIR=/var/lib/smartlead-bulk",
            "KillSignal=SIGTERM",
            "SuccessExitStatus=143",
            "TimeoutStartSec=infinity",
            "ProtectSystem=strict")
        // The JVM makes code while it runs.
        .doesNotContain("MemoryDenyWriteExecute=yes");
    assertThat(Integer.parseInt(only("^TimeoutStopSec=(\\d+)$", text))).isGreaterThan(2 * TIMEOUT);
    assertThat(read(TIMER).lines())
        .contains("OnCalendar=*-*-* 01:30:00", "Persistent=true", "WantedBy=timers.target");
  }

  @Test
  void theCronJobNeverRunsTwiceAndGivesTimeToEnd() throws IOException {
    String text = read(CRON_JOB);

    assertThat(text.lines().map(String::strip))
        .contains(
            "kind: CronJob",
            "concurrencyPolicy: Forbid",
            "backoffLimit: 0",
            "restartPolicy: Never",
            "runAsNonRoot: true",
            "readOnlyRootFilesystem: true",
            "kind: PersistentVolumeClaim");
    assertThat(Integer.parseInt(only("terminationGracePeriodSeconds: (\\d+)$", text)))
        .isGreaterThan(2 * TIMEOUT);
    String key = only("value: (/run/secrets/.*)/api-key$", text);
    assertThat(text).contains("mountPath: " + key + "\n");
    assertThat(text.lines().filter(line -> !line.isBlank() && !line.strip().startsWith("#")))
        .allMatch(line -> (line.length() - line.stripLeading().length()) % 2 == 0);
  }

  @Test
  void theWorkersOfBothAreUnderstood(@TempDir Path home) throws IOException {
    List<String> commands =
        List.of(
            only("^ExecStart=\\S+/run\\.sh (.*)$", read(WORKER)),
            only("args: \\[(.*)]$", read(WORKERS)).replaceAll("[,\"]", ""));
    List<String> addresses =
        List.of(
            only("SMARTLEAD_STATE_URL=(.*)\"$", read(WORKER)),
            only("SMARTLEAD_STATE_URL\\s+value: (.*)$", read(WORKERS)));

    for (String command : commands) {
      Ended ended =
          new TestProgram(home).with("SMARTLEAD_STATE_URL", "elsewhere").run(command.split(" "));
      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(ended.err()).as(command).startsWith("error: the address of the database");
    }
    assertThat(addresses)
        .allSatisfy(
            address ->
                assertThat(PostgresAddress.of(address, null).shown())
                    .isEqualTo("db.example.com/smartlead"));
  }

  @Test
  void workersGetSecretsAsFilesAndTimeToEnd() throws IOException {
    String unit = read(WORKER);
    String pods = read(WORKERS);
    String state = only("^ENV SMARTLEAD_STATE_DIR=(.*)$", read(DOCKERFILE));

    assertThat(unit.lines())
        .contains(
            "LoadCredential=api-key:/etc/smartlead-bulk/api-key",
            "Environment=SMARTLEAD_API_KEY_FILE=%d/api-key",
            "LoadCredential=state-password:/etc/smartlead-bulk/state-password",
            "Environment=SMARTLEAD_STATE_PASSWORD_FILE=%d/state-password",
            "Environment=SMARTLEAD_STATE_DIR=" + state,
            "Restart=on-failure",
            "KillSignal=SIGTERM",
            "SuccessExitStatus=143")
        .doesNotContain("MemoryDenyWriteExecute=yes");
    assertThat(Integer.parseInt(only("^TimeoutStopSec=(\\d+)$", unit))).isGreaterThan(2 * TIMEOUT);
    assertThat(pods.lines().map(String::strip))
        .contains(
            "kind: Deployment",
            "kind: PodDisruptionBudget",
            "type: Recreate",
            "runAsUser: 10001",
            "readOnlyRootFilesystem: true",
            "- name: state",
            "mountPath: " + state);
    assertThat(Integer.parseInt(only("terminationGracePeriodSeconds: (\\d+)$", pods)))
        .isGreaterThan(2 * TIMEOUT);
    String secrets = only("value: (/run/secrets/.*)/state-password$", pods);
    assertThat(pods)
        .contains("value: " + secrets + "/api-key\n")
        .contains("mountPath: " + secrets + "\n");
  }
}
