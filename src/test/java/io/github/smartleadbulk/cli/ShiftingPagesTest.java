package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts come and go while the list is read, and servers page as they like. */
class ShiftingPagesTest extends AgainstFakeSmartlead {

  private static final int ACCOUNTS = 450;

  ShiftingPagesTest() {
    super(ACCOUNTS);
  }

  @BeforeEach
  void start() throws IOException {
    program.file(
        "rows.csv",
        "id,max_email_per_day",
        LongStream.rangeClosed(1, ACCOUNTS)
            .mapToObj(id -> id + "," + (id % 3 == 0 ? 20 : 33))
            .collect(joining("\n")));
  }

  private Ended update(String... more) {
    return run(List.of("update", "rows.csv"), more);
  }

  private static Answer page(String body) {
    return new Answer(200, body);
  }

  private void assertAllAreAsTheFileSays() {
    for (long id = 1; id <= ACCOUNTS; id++) {
      assertThat(api.account(id).get("message_per_day").intValue())
          .as("account %d", id)
          .isEqualTo(id % 3 == 0 ? 20 : 33);
    }
  }

  @Test
  void anAccountMayComeTwice() throws IOException {
    api.script = call -> call.offset() > 0 ? page(api.page(call.offset() - 1)) : null;

    assertThat(update().exitCode()).isZero();

    assertAllAreAsTheFileSays();
    assertThat(api.updated()).hasSize(300).doesNotHaveDuplicates();
    assertThat(Files.readAllLines(program.runFile(1, "before.csv"))).hasSize(301);
  }

  @Test
  void anAccountMayBeMissed() throws IOException {
    api.script =
        call -> call.offset() > 0 && call.isPage() ? page(api.page(call.offset() + 2)) : null;

    assertThat(update().exitCode()).isZero();

    assertAllAreAsTheFileSays();
    // 101 and 102 were missed: sent whatever they are.
    assertThat(api.updated()).hasSize(301).contains(101L, 102L).doesNotHaveDuplicates();
    assertThat(Files.readString(program.runFile(1, "before.csv")))
        .contains("\n100,20,\n")
        .contains("\n101,,max_email_per_day: its old value is not known\n")
        .contains("\n103,20,\n");
  }

  @Test
  void anAccountThatHasChangedBetweenPagesIsAsItWasSeenLast() throws IOException {
    api.script =
        call -> {
          if (call.offset() == 100) {
            api.account(100).put("message_per_day", 44);
            return page(api.page(99));
          }
          return null;
        };

    assertThat(update().exitCode()).isZero();

    assertAllAreAsTheFileSays();
    assertThat(Files.readString(program.runFile(1, "before.csv"))).contains("\n100,44,\n");
  }

  @Test
  void anOffsetThatIsNotHeededIsNotAskedForEver() {
    api.script = call -> call.isPage() ? page(api.page(0)) : null;
    for (String mode : new String[] {"auto", "full"}) {
      api.forget();

      assertThat(update("--snapshot", mode).exitCode()).as(mode).isZero();

      assertThat(api.offsets()).as(mode).hasSizeLessThan(10);
      assertAllAreAsTheFileSays();
    }
  }

  @Test
  void accountsWithoutAnIdAreNobodys() throws IOException {
    api.account(2).remove("id");
    api.account(3).put("id", "3");
    api.account(5).putNull("id");
    api.script =
        call ->
            call.isPage() && call.offset() < ACCOUNTS
                ? page("[7,null," + api.page(call.offset()).substring(1))
                : null;

    assertThat(update().exitCode()).isZero();

    assertAllAreAsTheFileSays();
    assertThat(api.updated()).contains(2L, 5L).doesNotContain(3L);
  }

  @Test
  void anExportHasEveryAccountOnce() throws IOException {
    // Ten accounts came in when the first page was read.
    boolean[] isFirst = {true};
    api.script =
        call -> {
          if (call.offset() > 0) {
            isFirst[0] = false;
            return page(api.page(call.offset() - 10));
          }
          return isFirst[0]
              ? null
              : page(
                  "[{\"id\":901},{\"id\":902},{\"id\":903},{\"id\":904},{\"id\":905},{\"id\":906},{\"id\":907},{\"id\":908},{\"id\":909},{\"id\":910}]");
        };

    Ended ended = api.run(program, "export", "--fields", "from_name");

    assertThat(ended.exitCode()).isZero();
    assertThat(exported(ended))
        .containsExactlyElementsOf(
            LongStream.concat(LongStream.rangeClosed(1, ACCOUNTS), LongStream.rangeClosed(901, 910))
                .boxed()
                .toList());
  }

  private static List<Long> exported(Ended ended) {
    return ended
        .out()
        .lines()
        .skip(1)
        .map(line -> Long.valueOf(line.substring(0, line.indexOf(','))))
        .toList();
  }

  @Test
  void aPageWithFewerAccountsThanWereAskedForIsNotTheEnd() throws IOException {
    api.script = call -> call.isPage() ? page(api.page(call.offset(), 40)) : null;

    Ended ended = api.run(program, "export", "--fields", "from_name");

    assertThat(ended.exitCode()).isZero();
    assertThat(exported(ended)).hasSize(ACCOUNTS);
    program.file("by-address.csv", "from_email,from_name", "a450@example.com,Ben");
    assertThat(api.run(program, "update", "by-address.csv").exitCode()).isZero();
  }

  @Test
  void aListThatLosesAnAccountWhileItIsReadIsReadWhole() throws IOException {
    api.script =
        call -> {
          if (call.offset() == 198) {
            api.remove(5);
          }
          return null;
        };

    Ended ended = api.run(program, "export", "--fields", "from_name");

    assertThat(ended.exitCode()).isZero();
    assertThat(exported(ended)).hasSize(ACCOUNTS);
  }

  /** The server keeps accounts back. */
  private FakeSmartlead.Answer withoutSome(FakeSmartlead.Call call) {
    return call.isPage()
        ? page(
            api.page(call.offset()).replaceAll("\\{\"id\":[0-9]*3,[^}]*},?", "").replace(",]", "]"))
        : null;
  }

  /** Nobody knows whether one of those that are kept back has the address. */
  @Test
  void whatAnIncompleteListDoesNotShowIsNotSaidToBeAbsent() throws IOException {
    api.script = this::withoutSome;
    program.file(
        "by-address.csv",
        "from_email,from_name",
        "a13@example.com,Ben",
        "a14@example.com,Ben",
        "b1@example.com,Ben");

    Ended ended = api.run(program, "update", "by-address.csv");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .contains(
            "the account list could not be read in full: it shows 405 accounts in 450 places. The run uses the accounts that were read");
    assertThat(Files.readString(program.runFile(1, "results.csv")))
        .contains(
            "1,2,,failed,,,,\"the address a13@example.com was not found, but an account may have"
                + " it: the account list could not be read in full because it shows 405 accounts in 450"
                + " places\",")
        .contains("2,3,14,updated,")
        .contains(
            "3,4,,failed,,,,\"the address b1@example.com was not found, but an account may have"
                + " it: the account list could not be read in full because it shows 405 accounts in 450"
                + " places\",");

    program.file(
        "ramp.csv",
        "email_account_id,from,start,step,cap",
        "13,2026-11-01,1,1,9",
        "14,2026-11-01,50,1,60");
    Ended ramp = api.run(program, "ramp", "ramp.csv");
    assertThat(ramp.exitCode()).isEqualTo(1);
    assertThat(Files.readString(program.runFile(2, "results.csv")))
        .contains(
            "the account was not found, and the account list could not be read in full because it"
                + " shows 405 accounts in 450 places, so");

    Ended export = api.run(program, "export", "--fields", "from_name");
    assertThat(export.exitCode()).isEqualTo(5);
    assertThat(export.err())
        .contains(
            "the account list could not be read in full: it shows 405 accounts in 450 places");
  }

  /** Some servers know no page behind the last one. */
  @Test
  void aRefusedPageBehindTheLastOneIsNoEndOfTheRunAndNoProofOfTheEnd() throws IOException {
    api.script =
        call ->
            call.isPage() && call.offset() >= ACCOUNTS
                ? new FakeSmartlead.Answer(404, "{\"message\":\"No accounts\"}")
                : null;
    program.file("by-address.csv", "from_email,from_name", "a13@example.com,Ben", "b1@b.com,Ben");

    Ended ended = api.run(program, "update", "by-address.csv");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
    assertThat(api.updated()).containsExactly(13L);
    assertThat(Files.readString(program.runFile(1, "results.csv")))
        .contains(
            "the account list could not be read in full because the server refuses the page after"
                + " place 450 (No accounts)");
    assertThat(api.run(program, "export", "--fields", "from_name").exitCode()).isEqualTo(5);
  }

  @Test
  void whyTheListIsNotWholeIsKnownToWhoeverResumesTheRun() throws IOException {
    api.script = this::withoutSome;
    program.file(
        "rows.csv",
        "id,from_email,signature",
        "14,,x",
        "15,,x",
        ",a23@example.com,x",
        "33,a14@example.com,x");
    Ended stopped = api.run(program, "update", "rows.csv", "--max-changes", "1");
    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(4);
    api.forget();

    Ended ended = api.run(program, "resume", "--max-changes", "4");

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
    assertThat(api.offsets()).isEmpty();
    assertThat(api.updated()).containsExactly(14L, 15L);
    assertThat(ended.err())
        .contains(
            "warning: the account list could not be read in full: it shows 405 accounts in 450 places");
    assertThat(Files.readString(program.runFile(1, "failed.csv")))
        .contains(
            "the address a23@example.com was not found, but an account may have it: the account list"
                + " could not be read in full because it shows 405 accounts in 450 places")
        .contains(
            "the address a14@example.com belongs to account 14, but it may also belong to account 33: the"
                + " account list could not be read in full because it shows 405 accounts in 450 places");
  }

  @Test
  void anExportOfAServerThatDoesNotHeedTheOffsetEndsAndIsNoExport() throws IOException {
    api.script = call -> page(api.page(0));

    Ended ended = api.run(program, "export", "--fields", "from_name");

    assertThat(ended.exitCode()).isEqualTo(5);
    assertThat(ended.err()).contains("the server shows the same accounts on every page");
    assertThat(api.offsets()).hasSizeLessThan(10);
  }
}
