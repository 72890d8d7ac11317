package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a plan has read of the accounts saves the next run from reading it. */
class SnapshotReuseTest extends AgainstFakeSmartlead {

  SnapshotReuseTest() {
    super(250);
  }

  @BeforeEach
  void plan() throws IOException {
    program.file(
        "rows.csv",
        "id,max_email_per_day",
        "1,33",
        "2,20",
        "150,33",
        "3,",
        "4,",
        "5,",
        "6,",
        "7,",
        "8,",
        "9,");
    assertThat(run("plan", "rows.csv").exitCode()).isZero();
    assertThat(api.offsets()).containsExactly(0L, 100L);
    assertThat(api.updated()).isEmpty();
    api.forget();
  }

  @Test
  void anUpdateUsesItAndHasItsValuesBefore() {
    assertThat(run("update", "rows.csv").exitCode()).isZero();

    assertThat(api.offsets()).isEmpty();
    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "1 {\"max_email_per_day\":33}", "150 {\"max_email_per_day\":33}");
    assertThat(program.runFile(2, "before.csv"))
        .hasContent("email_account_id,max_email_per_day,_message\n1,20,\n150,20,\n");
  }

  @Test
  void anotherFileGoesOnBehindIt() throws IOException {
    program.file(
        "other.csv",
        "id,from_name",
        "2,Ben",
        "201,Ben",
        "3,",
        "4,",
        "5,",
        "6,",
        "7,",
        "8,",
        "9,",
        "10,",
        "11,",
        "12,",
        "13,",
        "14,",
        "15,");

    assertThat(run("update", "other.csv").exitCode()).isZero();

    assertThat(api.offsets()).containsExactly(200L);
    assertThat(api.updated()).containsExactly(2L, 201L);
  }

  @Test
  void notOnceItIsTooOld() {
    assertThat(run("update", "rows.csv", "--snapshot-age", "0ms").exitCode()).isZero();

    assertThat(api.offsets()).containsExactly(0L, 100L);
  }

  @Test
  void notOnceARunHasSentSomething() throws IOException {
    program.file("other.csv", "id,from_name", "2,Ben");
    assertThat(run("update", "other.csv").exitCode()).isZero();
    api.forget();

    assertThat(run("update", "rows.csv").exitCode()).isZero();

    assertThat(api.offsets()).containsExactly(0L, 100L);
  }

  @Test
  void notForAnotherKey() {
    Ended ended =
        program
            .with("SMARTLEAD_API_KEY", "another")
            .run("update", "rows.csv", "--base-url", api.url, "--rate", "unlimited");

    assertThat(ended.exitCode()).isZero();
    assertThat(api.offsets()).containsExactly(0L, 100L);
  }

  @Test
  void notForAnotherTarget() throws IOException {
    try (FakeSmartlead other = FakeSmartlead.start(250)) {
      assertThat(other.run(program, "update", "rows.csv").exitCode()).isZero();

      assertThat(other.offsets()).containsExactly(0L, 100L);
    }
    assertThat(api.offsets()).isEmpty();
  }

  /** A snapshot that was read for a run that sends is the run's own. */
  @Test
  void onlyAPlansOwn() throws IOException {
    program.file("other.csv", "id,from_name", "2,Anna");
    assertThat(run("update", "other.csv", "--snapshot-age", "0ms").exitCode()).isZero();
    api.forget();

    assertThat(run("update", "other.csv").exitCode()).isZero();

    assertThat(api.offsets()).containsExactly(0L);
  }

  /** What was read for one account list is not that of another: sandboxes list their input. */
  @Test
  void notFromOneEmbeddedSandboxToTheNext() throws IOException {
    program.file("one.csv", "from_email,max_email_per_day", "one@example.com,33");
    program.file("two.csv", "from_email,max_email_per_day", "two@example.com,33");
    assertThat(program.run("plan", "one.csv", "--sandbox").exitCode()).isZero();

    assertThat(program.run("update", "two.csv", "--sandbox").exitCode()).isZero();
  }
}
