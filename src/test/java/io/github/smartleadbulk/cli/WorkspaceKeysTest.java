package io.github.smartleadbulk.cli;

import static io.github.smartleadbulk.cli.ThreeWorkspaces.NAMES;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The key of a workspace goes to its own target and to nothing else. */
@Timeout(90)
class WorkspaceKeysTest {

  private static final int ROWS = 5;
  private static final String MARKER = "marker-of-";

  @TempDir Path home;
  private ThreeWorkspaces workspaces;

  @BeforeEach
  void start() throws IOException {
    workspaces = new ThreeWorkspaces(home, ROWS);
    workspaces.writeRows(ROWS);
  }

  @AfterEach
  void close() {
    workspaces.close();
  }

  private Ended run(String... arguments) throws IOException {
    Ended ended =
        workspaces.run(
            Stream.concat(
                    Stream.of(arguments),
                    Stream.of("-v", "--max-attempts", "2", "--max-outage", "1s"))
                .toArray(String[]::new));
    assertThat(ended.out()).doesNotContain(MARKER);
    assertThat(ended.err()).doesNotContain(MARKER);
    try (Stream<Path> files = Files.walk(home.resolve("var"))) {
      assertThat(files.filter(Files::isRegularFile))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                      .doesNotContain(MARKER));
    }
    return ended;
  }

  private void assertEachSawItsOwnKey() {
    for (String name : NAMES) {
      assertThat(workspaces.keysSeen(name)).as(name).containsExactly(ThreeWorkspaces.keyOf(name));
    }
  }

  /** Some answers repeat what they were asked, as servers do in messages. */
  @ParameterizedTest
  @ValueSource(ints = {200, 302, 400, 401, 403, 404, 429, 500, 503})
  void isSentToItsTargetWhateverTheAnswer(int status) throws IOException {
    for (String name : NAMES) {
      AtomicInteger calls = new AtomicInteger();
      workspaces.script(
          name,
          call ->
              status == 200 || calls.incrementAndGet() % 2 == 1
                  ? null
                  : new Answer(status, "{\"message\":\"no: api_key=" + call.key() + "\"}"));
    }

    Ended ended = run("update", "rows.csv");
    assertThat(ended.out()).startsWith("Run 1 ");
    NAMES.forEach(workspaces::mend);
    Ended again = run("update", "rows.csv");
    assertThat(again.exitCode()).as(again.err()).isZero();
    Ended rollback = run("rollback", "1");

    assertThat(rollback.exitCode()).as(rollback.err()).isZero();
    assertEachSawItsOwnKey();
  }

  /** The target of one points to the target of another. */
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectToAnotherTargetIsNotFollowed(int status) throws IOException {
    HttpServer redirecting =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    Queue<String> asked = new ConcurrentLinkedQueue<>();
    redirecting.createContext(
        "/",
        exchange -> {
          String request = exchange.getRequestURI().toString();
          asked.add(request);
          exchange
              .getResponseHeaders()
              .add("Location", workspaces.server("globex").url + request.replace("/api/v1", ""));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    redirecting.start();
    try {
      workspaces.configure(
          "workspace.acme.base-url = http://127.0.0.1:%d/api/v1"
              .formatted(redirecting.getAddress().getPort()));

      Ended ended = run("update", "rows.csv", "--snapshot", "none");

      assertThat(ended.exitCode())
          .as(ended.err())
          .isEqualTo(status == 301 || status == 308 ? 2 : 5);
      assertThat(ended.err())
          .contains("error: workspace acme: ")
          .contains("redirects are not followed, to protect the key");
    } finally {
      redirecting.stop(0);
    }
    assertThat(asked).isNotEmpty().allMatch(request -> request.contains("marker-of-acme"));
    assertThat(workspaces.keysSeen("globex")).containsExactly("marker-of-globex");
    assertThat(workspaces.applied("globex")).hasSize(ROWS);
  }

  /** Keys are read anew by each process; the targets are those of the run. */
  @Test
  void aResumeUsesTheNewKeyOfEachWorkspace() throws IOException {
    for (String name : NAMES) {
      workspaces.script(name, call -> ThreeWorkspaces.REFUSED);
    }
    assertThat(run("update", "rows.csv").exitCode()).isEqualTo(3);
    for (String name : NAMES) {
      workspaces.mend(name);
      workspaces.keysSeen(name).clear();
      workspaces.key(name, MARKER + "new-" + name);
    }

    Ended resumed = run("resume", "1");

    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    for (String name : NAMES) {
      assertThat(workspaces.keysSeen(name)).as(name).containsExactly(MARKER + "new-" + name);
    }
    workspaces.assertEachAppliedOnce(ROWS);
  }

  /** The values of one workspace would go to the accounts of the other. */
  @Test
  void aResumeWithTheKeyOfAnotherWorkspaceSendsNothing() throws IOException {
    workspaces.configure("workspace.globex.base-url = " + workspaces.server("acme").url);
    workspaces.script(
        "acme",
        call ->
            call.key().equals(ThreeWorkspaces.keyOf("globex")) ? ThreeWorkspaces.REFUSED : null);
    assertThat(run("update", "rows.csv").exitCode()).isEqualTo(3);
    int before = workspaces.applied("acme").size();
    workspaces.key("globex", ThreeWorkspaces.keyOf("acme"));

    for (String[] command :
        new String[][] {{"resume", "1"}, {"update", "rows.csv"}, {"rollback", "1"}}) {
      Ended ended = run(command);

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(2);
    }
    assertThat(run("resume", "1").err())
        .contains(
            "error: the workspace globex has the API key that the workspace acme had in run 1. Nothing was sent. Check the key files");
    assertThat(workspaces.applied("acme")).hasSize(before);
  }

  /** The other target would get the key of the first one. */
  @Test
  void aResumeWithTheTargetsExchangedSendsNothing() throws IOException {
    workspaces.script("acme", call -> ThreeWorkspaces.REFUSED);
    workspaces.script("globex", call -> ThreeWorkspaces.REFUSED);
    assertThat(run("update", "rows.csv").exitCode()).isEqualTo(3);
    List.of("acme", "globex").forEach(workspaces::mend);
    workspaces.configure(
        "workspace.acme.base-url = " + workspaces.server("globex").url,
        "workspace.globex.base-url = " + workspaces.server("acme").url);

    Ended resumed = run("resume", "1");

    assertThat(resumed.exitCode()).as(resumed.err()).isEqualTo(2);
    assertThat(resumed.err())
        .contains(
            "error: run 1 was made against %s for the workspace acme and cannot be continued against %s"
                .formatted(workspaces.server("acme").url, workspaces.server("globex").url));
    assertEachSawItsOwnKey();
    assertThat(workspaces.applied("acme")).isEmpty();
  }
}
