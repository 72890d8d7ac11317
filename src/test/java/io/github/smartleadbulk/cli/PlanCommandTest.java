package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plan says what an update would do, and does nothing. */
class PlanCommandTest extends AgainstFakeSmartlead {

  PlanCommandTest() {
    super(30);
  }

  @BeforeEach
  void start() throws IOException {
    program.file(
        "rows.csv",
        "id,max_email_per_day,from_name,is_suspended,_note",
        "4,33,Anna,,",
        "5,20,\"Ben \"\"B\"\"\",yes,why",
        "6,20,Anna,,",
        "7,,,,",
        "x,1,,,");
  }

  @AfterEach
  void nothingIsSent() {
    assertThat(api.updates()).isEmpty();
  }

  private Ended plan(String... more) {
    return run(List.of("plan", "rows.csv"), more);
  }

  @Test
  void tellsTotalsThenOldAndNewValues() {
    Ended ended = plan("--rate", "10/s");

    assertThat(ended.out().lines())
        .containsSubsequence(
            "",
            "  line 2, account 4 (a4@example.com): max_email_per_day 20 → 33",
            "  line 3, account 5 (a5@example.com): from_name \"Anna\" → \"Ben \"B\"\"",
            "  line 3, account 5 (a5@example.com): is_suspended (unknown) → true",
            "")
        .startsWith(
            "Plan 1 finished: rows.csv against " + api.url,
            "",
            "  to change             2",
            "  unchanged             1",
            "  skipped               1",
            "  invalid               1",
            "  rows                  5",
            "",
            "  max_email_per_day    changes in 1 account",
            "  from_name            changes in 1 account",
            "  is_suspended         changes in 1 account",
            "")
        .anyMatch(
            line ->
                line.matches(
                    "  2 calls, at least .* within the limits: if you start now, finished at .*"))
        .anyMatch(
            line -> line.startsWith("  To apply exactly this plan: ./run.sh update --plan 1"));
    assertThat(ended.err()).contains("line 6: id: found \"x\", expected a positive whole number");
    assertThat(ended.exitCode()).isEqualTo(1);
  }

  @Test
  void writesEveryChangeToAFile() throws IOException {
    plan();

    assertThat(program.runFile(1, "plan.csv"))
        .hasContent(
            """
            row,line,email_account_id,from_email,field,before,after,before_known
            1,2,4,a4@example.com,max_email_per_day,20,33,true
            2,3,5,a5@example.com,from_name,Anna,"Ben ""B""\",true
            2,3,5,a5@example.com,is_suspended,,true,false
            """);
    assertThat(program.runFile(1, "results.csv")).doesNotExist();
    assertThat(program.runFile(1, "before.csv")).doesNotExist();
  }

  /** As a nightly job does, twice. */
  @Test
  void writesTheFileWhereItIsTold() throws IOException {
    for (int night = 1; night <= 2; night++) {
      Ended ended = plan("--out", "changes.csv");

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
      assertThat(ended.out()).contains(home.resolve("changes.csv").toString());
      assertThat(Files.readAllLines(home.resolve("changes.csv"))).hasSize(4);
      assertThat(program.runFile(night, "plan.csv")).doesNotExist();
    }
  }

  @Test
  void theFileDestroysNothing() throws IOException {
    Path letter = program.file("letter.txt", "Dear Sir or Madam");

    Ended ended = plan("--out", "letter.txt");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .startsWith("error: --out ")
        .contains("contains something other than a plan");
    assertThat(letter).hasContent("Dear Sir or Madam");
    assertThat(plan("--out", "rows.csv").exitCode()).isEqualTo(2);
    assertThat(api.offsets()).isEmpty();
  }

  @Test
  void saysTheSameAsOneJsonObject() throws IOException {
    Ended ended = plan("--json");

    JsonNode plan = JsonMapper.shared().readTree(ended.out());
    assertThat(plan.get("accounts"))
        .isEqualTo(
            JsonMapper.shared()
                .readTree(
                    """
                    [{"row":1,"line":2,"email_account_id":4,"from_email":"a4@example.com","changes":
                       {"max_email_per_day":{"before_known":true,"before":20,"after":33}}},
                     {"row":2,"line":3,"email_account_id":5,"from_email":"a5@example.com","changes":
                       {"from_name":{"before_known":true,"before":"Anna","after":"Ben \\"B\\""},
                        "is_suspended":{"before_known":false,"before":null,"after":true}}}]
                    """));
    assertThat(plan.get("run").intValue()).isEqualTo(1);
    assertThat(plan.get("status").stringValue()).isEqualTo("finished");
    assertThat(plan.get("stopped").isNull()).isTrue();
    assertThat(plan.get("rows").intValue()).isEqualTo(5);
    assertThat(plan.get("counts").toString())
        .isEqualTo("{\"to_change\":2,\"unchanged\":1,\"skipped\":1,\"invalid\":1}");
    assertThat(plan.get("accounts_by_field").toString())
        .isEqualTo("{\"max_email_per_day\":1,\"from_name\":1,\"is_suspended\":1}");
    assertThat(plan.get("calls").intValue()).isEqualTo(2);
    assertThat(plan.get("files").get("plan").stringValue())
        .isEqualTo(program.runFile(1, "plan.csv").toString());
  }

  @Test
  void exitCodesSayWhetherThereAreChanges() throws IOException {
    program.file("rows.csv", "id,max_email_per_day", "4,33", "5,20");
    assertThat(plan().exitCode()).isZero();
    assertThat(plan("--detailed-exitcode").exitCode()).isEqualTo(2);

    program.file("rows.csv", "id,max_email_per_day", "4,20", "5,20");
    Ended nothing = plan("--detailed-exitcode");
    assertThat(nothing.exitCode()).isZero();
    assertThat(nothing.out()).contains("to change             0").doesNotContain("update --plan");
    assertThat(plan("-q")).isEqualTo(new Ended(0, "", ""));
    assertThat(plan("--force", "--detailed-exitcode").exitCode()).isEqualTo(2);
  }

  @Test
  void aLongSignatureIsShortenedToWhereItDiffers() throws IOException {
    String start = "<p>" + "Best regards, ".repeat(20);
    api.account(4).put("signature", start + "Anna<br>\nCEO" + " of it all".repeat(20));
    program.file(
        "rows.csv",
        "id,signature",
        "4,\"" + start + "Bea<br>\nCEO" + " of it all".repeat(20) + "\"");

    assertThat(plan().out().lines())
        .contains(
            "  line 2, account 4 (a4@example.com): signature"
                + " \"… Best regards, [-Anna-]{+Bea+}<br>\\nCEO of it…\" (495 → 494 characters)");
  }

  @Test
  void whatIsTheSameInManyAccountsIsOneLineAndTheRestIsCounted() throws IOException {
    StringBuilder rows = new StringBuilder("id,from_name,max_email_per_day\n");
    for (int id = 1; id <= 30; id++) {
      rows.append(id).append(",Bea,").append(id <= 18 ? 30 + id : 20).append('\n');
    }
    program.file("rows.csv", rows.toString().strip());

    Ended ended = plan();

    List<String> lines = ended.out().lines().toList();
    assertThat(
            lines.subList(
                lines.indexOf("  from_name            changes in 30 accounts"), lines.size()))
        .containsSubsequence(
            "  from_name: 30 accounts, \"Anna\" → \"Bea\"",
            "  line 2, account 1 (a1@example.com): max_email_per_day 20 → 31",
            "  line 8, account 7 (a7@example.com): max_email_per_day 20 → 37",
            "  and 11 more changes: the file below has all, and -v prints all",
            "",
            "  To apply exactly this plan: ./run.sh update --plan 1 --base-url "
                + api.url
                + " --rate unlimited");
    assertThat(lines).hasSizeLessThan(25);

    List<String> all = plan("-v").out().lines().toList();
    assertThat(all).startsWith("Plan 2 finished: rows.csv against " + api.url);
    assertThat(all.stream().filter(line -> line.contains(" → "))).hasSize(48);
    assertThat(all)
        .contains("  line 31, account 30 (a30@example.com): from_name \"Anna\" → \"Bea\"");
    assertThat(all).noneMatch(line -> line.contains("more change"));
  }

  /** As many as there are: memory is bounded, and nothing is left out of the counts. */
  @Test
  void moreDifferentChangesThanAreToldApartAreCounted() throws IOException {
    try (FakeSmartlead many = FakeSmartlead.start(1_200)) {
      StringBuilder rows = new StringBuilder("id,from_name,time_to_wait_in_mins\n");
      for (int id = 1; id <= 1_200; id++) {
        rows.append(id).append(",Bea ").append(id).append(",77\n");
      }
      program.file("rows.csv", rows.toString().strip());

      Ended ended = many.run(program, "plan", "rows.csv");

      assertThat(ended.out())
          .contains("  time_to_wait_in_mins: 1,200 accounts, ")
          .contains("  and 1,193 more changes: ");
    }
  }

  @Test
  void rowsThatCannotBeSentAreTold() throws IOException {
    program.file("rows.csv", "from_email,max_email_per_day", "nobody@example.com,33");

    Ended ended = plan();

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out())
        .contains("  line 2: cannot be sent: no account has the address nobody@example.com\n")
        .contains("failed                1");
    assertThat(JsonMapper.shared().readTree(plan("--json").out()).get("accounts").toString())
        .isEqualTo(
            "[{\"row\":1,\"line\":2,\"email_account_id\":null,\"problem\":\"no account has the"
                + " address nobody@example.com\"}]");
  }

  @Test
  void oneInvalidRowAndThereIsNoPlanWhereStrict() {
    Ended ended = plan("--strict", "--json", "--detailed-exitcode");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(JsonMapper.shared().readTree(ended.out()).get("status").stringValue())
        .isEqualTo("refused");
    assertThat(api.offsets()).isEmpty();
    Ended applied = api.run(program, "update", "--plan", "1");
    assertThat(applied.exitCode()).isEqualTo(2);
    assertThat(applied.err()).contains("run 1 is not a complete plan: its status is refused");
    assertThat(api.offsets()).isEmpty();
  }
}
