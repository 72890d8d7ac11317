package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.state.StateStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The table of workspaces, and what a check of their keys finds and costs. */
class WorkspacesCommandTest {

  private static final String NOBODY = "http://127.0.0.1:9/api/v1";

  @TempDir Path home;

  private TestProgram program;
  private FakeSmartlead api;
  private final List<String> config = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    program = new TestProgram(home);
    api = FakeSmartlead.start(3);
    api.script =
        call ->
            call.key().equals("key-of-stale")
                ? new Answer(401, "{\"message\":\"Invalid API Key\"}")
                : null;
    config.add("rate = 100/h, 500/2h");
    config.add("reserve = 0");
    config.add("base-url = " + api.url);
  }

  @AfterEach
  void close() {
    api.close();
  }

  private void workspace(String name, String... settings) throws IOException {
    String prefix = "workspace." + name + ".";
    config.add(prefix + "api-key-file = " + name + ".key");
    Arrays.stream(settings).forEach(setting -> config.add(prefix + setting));
    Files.setPosixFilePermissions(
        program.file(name + ".key", "key-of-" + name),
        PosixFilePermissions.fromString("rw-------"));
    program.withConfig(config.toArray(String[]::new));
  }

  private JsonNode json(int exitCode, String... more) {
    List<String> arguments = new ArrayList<>(List.of("workspaces", "--json"));
    arguments.addAll(List.of(more));
    Ended ended = program.run(arguments.toArray(String[]::new));
    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(exitCode);
    return JsonMapper.shared().readTree(ended.out());
  }

  @Test
  void eachKeyIsCheckedWithOneCallThatCounts() throws IOException {
    workspace("acme");
    workspace("globex", "rate = unlimited");

    Ended ended = program.run("workspaces");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().lines().map(line -> line.replaceAll("  +", "|")))
        .containsExactly(
            "WORKSPACE|RATE|CALLS LEFT|KEY|BASE URL|PROBLEM",
            "acme|100/h, 500/2h|99, 499|ok|" + api.url,
            "globex|unlimited|ok|" + api.url);
    assertThat(api.offsets()).containsExactly(0L, 0L);

    JsonNode later = json(0, "--no-check");
    assertThat(later.at("/0/key").stringValue()).isEqualTo("not_checked");
    assertThat(later.at("/0/windows/0").toString())
        .isEqualTo("{\"window\":\"100/h\",\"calls\":100,\"used\":1,\"left\":99}");
    assertThat(later.at("/1/windows")).isEmpty();
    assertThat(api.offsets()).hasSize(2);
    assertThat(json(0).at("/0/windows/0/used").intValue()).isEqualTo(2);
  }

  @Test
  void whatIsWrongWithAKeyIsToldAndDecidesTheExitCode() throws IOException {
    workspace("acme");
    workspace("away", "base-url = " + NOBODY);

    JsonNode away = json(5);
    assertThat(away.at("/0/key").stringValue()).isEqualTo("ok");
    assertThat(away.at("/1/key").stringValue()).isEqualTo("unreachable");
    assertThat(away.at("/1/problem").stringValue()).contains("127.0.0.1:9");

    workspace("stale");
    JsonNode refused = json(3);
    assertThat(refused.at("/2/key").stringValue()).isEqualTo("refused");
    assertThat(refused.at("/2/problem").stringValue())
        .isEqualTo("the API key was refused (HTTP 401): Invalid API Key");

    workspace("lost");
    Files.delete(home.resolve("lost.key"));
    JsonNode lost = json(3, "--workspace", "lost");
    assertThat(lost).hasSize(1);
    assertThat(lost.at("/0/key").stringValue()).isEqualTo("missing");
    assertThat(lost.at("/0/problem").stringValue()).startsWith("workspace lost: the API key file");
    assertThat(lost.at("/0/windows")).isEmpty();
    assertThat(json(3, "--no-check").at("/2/key").stringValue()).isEqualTo("missing");
    assertThat(json(0, "--workspace", "acme").at("/0/workspace").stringValue()).isEqualTo("acme");
  }

  /** A check does not wait an hour for a window. */
  @Test
  void aFullWindowLeavesAKeyUnchecked() throws IOException {
    workspace("acme", "rate = 1/h", "timeout = 5s");

    json(0);
    JsonNode full = json(5);

    assertThat(full.at("/0/key").stringValue()).isEqualTo("not_checked");
    assertThat(full.at("/0/problem").stringValue()).matches("window of 1/h full until .*Z");
    assertThat(full.at("/0/windows/0/left").intValue()).isZero();
    assertThat(api.offsets()).hasSize(1);
  }

  @Test
  void withoutWorkspacesThereIsDefault() throws IOException {
    program.withConfig(config.toArray(String[]::new));

    JsonNode keyless = json(3);
    assertThat(keyless).hasSize(1);
    assertThat(keyless.at("/0/workspace").stringValue()).isEqualTo("default");
    assertThat(keyless.at("/0/problem").stringValue()).startsWith("no API key: set the variable");

    program.with("SMARTLEAD_API_KEY", "key");
    assertThat(json(0).at("/0/key").stringValue()).isEqualTo("ok");
  }

  /** Who has named all keys has no other key, and is not told that it is missing. */
  @Test
  void defaultIsListedBesideOthersIfItHasAKey() throws IOException {
    workspace("acme");
    assertThat(json(0)).hasSize(1);

    program.with("SMARTLEAD_API_KEY", "key");
    JsonNode both = json(0);
    assertThat(both).hasSize(2);
    assertThat(both.at("/1/workspace").stringValue()).isEqualTo("default");
  }

  @Test
  void listingNeedsNoLock() throws IOException {
    workspace("acme");
    json(0);
    api.forget();

    try (StateStore busy = StateStore.open(home.resolve("var"))) {
      assertThat(busy.folder()).exists();
      assertThat(program.run("workspaces").exitCode()).isEqualTo(6);
      assertThat(json(0, "--no-check").at("/0/windows/0/used").intValue()).isEqualTo(1);
    }
    assertThat(api.offsets()).isEmpty();
  }

  /** Each answer waits until so many calls are there at once. */
  @Test
  void keysAreCheckedSideBySide() throws IOException {
    CyclicBarrier together = new CyclicBarrier(8);
    api.script =
        call -> {
          try {
            together.await(20, TimeUnit.SECONDS);
            return null;
          } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            return new Answer(500, "{\"message\":\"alone\"}");
          }
        };
    for (int i = 0; i < 32; i++) {
      workspace("agency-" + i);
    }

    JsonNode all = json(0);

    assertThat(all).hasSize(32).allMatch(one -> one.at("/key").stringValue().equals("ok"));
  }

  @Test
  void twoWorkspacesWithOneKeyAreAWarning() throws IOException {
    workspace("acme");
    workspace("twin");
    program.file("twin.key", "key-of-acme");

    Ended ended = program.run("workspaces", "--no-check");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err())
        .contains(
            "warning: the workspaces acme and twin have the same API key for %s: their calls would count twice against the same rate limits."
                .formatted(api.url));
  }

  @Test
  void theSandboxHasNoKeys() throws IOException {
    workspace("acme");

    Ended ended = program.run("workspaces", "--sandbox");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).startsWith("error: --sandbox: the embedded sandbox has no keys");
  }

  @Test
  void noKeyIsInWhatTheCommandWrites() throws IOException {
    workspace("acme");
    workspace("stale");
    workspace("away", "base-url = " + NOBODY);

    Ended ended = program.run("workspaces", "-v");

    assertThat(ended.out() + ended.err()).doesNotContain("key-of-");
    try (Stream<Path> files = Files.walk(home.resolve("var"))) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .doesNotContain("key-of-"));
    }
  }

  @Test
  void aSignalEndsTheChecks() throws IOException, InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    api.script =
        call -> {
          asked.countDown();
          try {
            stopped.await(20, TimeUnit.SECONDS);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return null;
        };
    for (int i = 0; i < 20; i++) {
      workspace("agency-" + i);
    }

    try (ProgramProcess process =
        ProgramProcess.start(home, "", List.of(), List.of("workspaces", "--timeout", "10s"))) {
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      process.signal("TERM");
      // The rest of the checks would wait for the server too.
      stopped.countDown();
      assertThat(process.exitCode()).as(process.err()).isEqualTo(143);
    }
  }
}
