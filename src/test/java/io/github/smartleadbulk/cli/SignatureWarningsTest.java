package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Signatures that would look wrong in a mail are told before they are sent. */
class SignatureWarningsTest extends AgainstFakeSmartlead {

  SignatureWarningsTest() {
    super(60);
  }

  @Test
  void theSignaturesOfCellsAreLookedAt() throws IOException {
    program.file("rows.csv", "id,signature", "3,<p>Good</p>", "4,<b>Ben", "5,<clear>", "6,");

    Ended ended = run("update", "rows.csv");

    assertThat(ended.err())
        .contains("warning: line 3, account 4: signature: line 1: found \"<b>\"")
        .doesNotContain("warning: line 2", "more row");
    assertThat(ended.exitCode()).isZero();
    assertThat(api.updated()).containsExactly(3L, 4L, 5L);
  }

  @Test
  void whatManyRowsHaveIsToldOnce() throws IOException {
    StringBuilder rows = new StringBuilder("id,name\n");
    for (int id = 1; id <= 30; id++) {
      rows.append(id).append(",Name ").append(id).append('\n');
    }
    program.file("rows.csv", rows.toString());

    Ended ended = program.run("validate", "rows.csv", "--set", "signature=<p>{{name}} <b>x</p>");

    assertThat(ended.err().lines())
        .containsExactly(
            "warning: signature: found \"<b>\", expected \"</b>\" before \"</p>\": 30 rows, lines 2,"
                + " 3, 4, 5, 6 and 25 more");
    assertThat(
            program
                .run("validate", "rows.csv", "--set", "signature=<p>{{name}} <b>x</p>", "-v")
                .err()
                .lines())
        .hasSize(30)
        .last()
        .isEqualTo(
            "warning: line 31, account 30: signature: line 1: found \"<b>\", expected \"</b>\" before"
                + " \"</p>\"");
    assertThat(ended.exitCode()).isZero();
  }

  @Test
  void twentyLinesAreToldAndTheOthersCounted() throws IOException {
    StringBuilder rows = new StringBuilder("id,signature\n");
    for (int id = 1; id <= 30; id++) {
      rows.append(id).append(",<x").append(id).append(">\n");
    }
    program.file("rows.csv", rows.toString());

    Ended ended = program.run("validate", "rows.csv");

    assertThat(ended.err().lines()).hasSize(21);
    assertThat(ended.err()).contains("10 more problems; to see all problems, add -v");
  }

  @Test
  void oneSignatureFillsNoScreen() throws IOException {
    program.file("rows.csv", "id,signature", "3,<i1><i2><i3><i4><i5><i6><i7>");

    assertThat(program.run("validate", "rows.csv").err()).contains("signature: and 2 more");
  }

  @Test
  void quietMeansSilentWhenTheExitCodeIsZero() throws IOException {
    program.file("rows.csv", "id,signature", "3,<b>Ben");

    assertThat(program.run("validate", "-q", "rows.csv")).isEqualTo(new Ended(0, "", ""));
    assertThat(program.run("validate", "-q", "--strict", "rows.csv").err())
        .contains("line 2, account 3: signature:");
    assertThat(program.run("preview", "-q", "rows.csv", "--account", "3"))
        .isEqualTo(new Ended(0, "", ""));
    assertThat(run("update", "-q", "rows.csv")).isEqualTo(new Ended(0, "", ""));
  }

  @Test
  void strictnessMakesErrorsOfThem() throws IOException {
    program.file("rows.csv", "id,signature", "3,<b>Ben", "4,<p>Good</p>");

    Ended ended = run("update", "rows.csv", "--strict");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .contains("1 of 2 rows sets texts with warnings and --strict is set: nothing was sent");
    assertThat(api.updates()).isEmpty();
    assertThat(api.offsets()).isEmpty();
    assertThat(run("plan", "rows.csv", "--strict").exitCode()).isEqualTo(2);
    assertThat(program.run("validate", "rows.csv", "--strict").exitCode()).isEqualTo(1);
    Ended json = program.run("validate", "rows.csv", "--strict", "--json");
    assertThat(json.out()).contains("\"rows_with_warnings\":1");
    assertThat(json.exitCode()).isEqualTo(1);
  }

  @Test
  void whatTheAccountsMakeOfATemplateIsLookedAtInAPlan() throws IOException {
    program.file("rows.csv", "id", "3", "4", "5");
    api.account(4).put("from_name", "null");
    api.account(5).putNull("from_name");

    Ended ended = run("plan", "rows.csv", "--set", "signature=<p>To {{from_name}}</p>");

    assertThat(ended.err())
        .contains("warning: line 3, account 4: signature: found the word \"null\"")
        .contains("warning: line 4, account 5: signature: {{from_name}} is empty");
    assertThat(ended.out()).contains("line 2, account 3 (a3@example.com): signature", "account 4");
    assertThat(ended.exitCode()).isEqualTo(1);

    Ended strict =
        run("plan", "rows.csv", "--strict", "--set", "signature=<p>To {{from_name}}</p>");
    assertThat(strict.exitCode()).isEqualTo(2);
    assertThat(strict.out()).doesNotContain("account 3");
  }

  @Test
  void whatTheAccountsMakeOfATemplateIsLookedAtBeforeTheFirstWrite() throws IOException {
    program.file("rows.csv", "id", "3", "4", "5");
    api.account(4).put("from_name", "null");
    api.account(5).putNull("from_name");
    String[] strict = {
      "update", "rows.csv", "--strict", "--set", "signature=<p>To {{from_name}}</p>"
    };

    Ended refused = run(strict);

    assertThat(refused.err())
        .contains("warning: line 3, account 4: signature: found the word \"null\"")
        .contains("warning: line 4, account 5: signature: {{from_name}} is empty")
        .contains("1 of 3 rows is invalid and --strict is set: nothing was sent");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(api.updates()).isEmpty();

    api.account(5).put("from_name", "Eve");
    assertThat(run(strict).err()).contains("1 of 3 rows sets texts with warnings");
    assertThat(api.updates()).isEmpty();

    api.account(4).put("from_name", "Ben");
    assertThat(run(strict).exitCode()).isZero();
    assertThat(api.updated()).containsExactly(3L, 4L, 5L);
  }

  @Test
  void valuesCannotBreakATemplate() throws IOException {
    program.file(
        "rows.csv", "id,name", "3,</p><script>alert(1)</script>", "4,\"\"\"><img src=x>\"");

    assertThat(program.run("validate", "rows.csv", "--set", "signature=<p>{{name}}</p>").err())
        .isEmpty();
    assertThat(program.run("validate", "rows.csv", "--set", "signature=<p>{{{name}}}</p>").err())
        .contains("found \"<script>\"");
  }

  @Test
  void whatAnAccountHadIsPutBackWhateverItLooksLike() throws IOException {
    api.account(3).put("signature", "<b>old");
    program.file("rows.csv", "id,signature", "3,<p>Good</p>");
    assertThat(run("update", "rows.csv").exitCode()).isZero();
    api.forget();
    program.withConfig("strict = true");

    Ended ended = run("rollback", "1");

    assertThat(ended.err()).doesNotContain("signature:");
    assertThat(api.updates()).containsExactly("3 {\"signature\":\"<b>old\"}");
  }
}
