package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every account as a CSV that changes nothing as it is. */
class ExportCommandTest extends AgainstFakeSmartlead {

  private static final String HEADER =
      "email_account_id,from_email,max_email_per_day,from_name,custom_tracking_url,bcc,signature,"
          + "client_id,time_to_wait_in_mins,is_suspended";

  ExportCommandTest() {
    super(3);
  }

  private Ended export(String... more) {
    String[] all = new String[1 + more.length];
    all[0] = "export";
    System.arraycopy(more, 0, all, 1, more.length);
    return api.run(program, all);
  }

  @Test
  void writesToStandardOutputOrAFile() {
    Ended printed = export();

    assertThat(printed.exitCode()).isZero();
    assertThat(printed.out().lines())
        .containsExactly(
            HEADER,
            "1,a1@example.com,20,Anna,,,<p>Anna</p>,7,5,",
            "2,a2@example.com,20,Anna,,,<p>Anna</p>,7,5,",
            "3,a3@example.com,20,Anna,,,<p>Anna</p>,7,5,");
    assertThat(printed.err()).contains("3 accounts");

    Ended written = export("--out", "all.csv", "-q");
    assertThat(written).isEqualTo(new Ended(0, "", ""));
    assertThat(home.resolve("all.csv")).hasContent(printed.out());
    assertThat(program.run("runs").out()).contains("no runs yet");
  }

  @Test
  void onlyFieldsAndAccountsThatAreAsked() {
    Ended ended = export("--fields", "signature,message_per_day");
    assertThat(ended.out().lines())
        .startsWith(
            "email_account_id,from_email,max_email_per_day,signature",
            "1,a1@example.com,20,<p>Anna</p>");

    assertThat(export("--fields", "password").exitCode()).isEqualTo(2);
    assertThat(export("--out", "nowhere/all.csv").exitCode()).isEqualTo(2);
    assertThat(export("--out", "var").exitCode()).isEqualTo(2);
  }

  @Test
  void onlyAccountsOfAClient() {
    Ended ended =
        program.run(
            "export",
            "--sandbox",
            "--client-id",
            "305",
            "--fields",
            "client_id",
            "--rate",
            "unlimited");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out().lines().skip(1)).isNotEmpty().allMatch(line -> line.endsWith(",305"));
  }

  @Test
  void theFileAsItIsChangesNothing() throws IOException {
    api.account(1)
        .put("signature", " <p>Zoë,\r\n\"Ünï\" 👋\n=SUM(1)\t</p>\n\n")
        .put("from_name", "=cmd|' /C calc'!A0")
        .put("bcc_email", "crm@example.com");
    api.account(2).put("from_name", " 'quoted\" ").put("custom_tracking_domain", "t.example.com");
    api.account(2).put("message_per_day", "30").put("is_suspended", true);
    // What no cell holds.
    api.account(3).put("from_name", "<clear>").put("signature", " \n ").put("bcc_email", "no mail");
    api.account(3)
        .put("custom_tracking_domain", "https://t.example.com/x")
        .put("message_per_day", 0);
    String before = api.page(0);

    Ended ended = export("--out", "all.csv");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err())
        .contains("account 3: from_name is ")
        .contains("account 3: signature is blank text, which a cell cannot hold")
        .contains("account 3: bcc is ")
        .contains("account 3: custom_tracking_url is ")
        .contains(
            "account 3: max_email_per_day is 0, which a cell can hold only with --allow-zero");
    Ended update = api.run(program, "update", "all.csv");
    assertThat(update.exitCode()).as(update.err()).isZero();
    assertThat(update.out()).contains("unchanged             3");
    assertThat(api.updates()).isEmpty();
    assertThat(api.page(0)).isEqualTo(before);
  }

  /** All that was lost comes back from the file, to the letter. */
  @Test
  void theFileBringsEveryTextBack() throws IOException {
    String signature = " <p>Zoë,\r\n\"Ünï\" 👋\n=SUM(1)\t</p>\n\n";
    api.account(1).put("signature", signature).put("from_name", "\u00a0x\u2009");
    assertThat(export("--out", "all.csv").exitCode()).isZero();
    api.account(1).put("signature", "lost").put("from_name", "lost").put("message_per_day", 1);

    assertThat(api.run(program, "update", "all.csv").exitCode()).isZero();

    assertThat(api.account(1).get("signature").stringValue()).isEqualTo(signature);
    assertThat(api.account(1).get("from_name").stringValue()).isEqualTo("\u00a0x\u2009");
    assertThat(api.account(1).get("message_per_day").intValue()).isEqualTo(20);
    assertThat(api.updated()).containsExactly(1L);
  }

  @Test
  void withoutAccountsItIsAHeader() throws IOException {
    for (long id = 1; id <= 3; id++) {
      api.remove(id);
    }

    assertThat(export()).extracting(Ended::exitCode, Ended::out).containsExactly(0, HEADER + "\n");
  }

  @Test
  void whatGoesWrongLeavesNoFileAndTheOldOneAsItWas() throws IOException {
    Path old = program.file("all.csv", "old");
    for (int i = 4; i <= 150; i++) {
      api.add(i);
    }
    for (int[] statusAndExit : new int[][] {{401, 3}, {403, 3}, {400, 5}}) {
      api.script =
          call -> call.offset() == 99 ? new Answer(statusAndExit[0], "{\"message\":\"no\"}") : null;

      Ended ended = export("--out", "all.csv");

      assertThat(ended.exitCode()).isEqualTo(statusAndExit[1]);
      assertThat(ended.err()).startsWith("error: ").contains("no");
      assertThat(old).hasContent("old");
      assertThat(filesOf(home)).containsExactlyInAnyOrder("all.csv", "var");
    }
  }

  @Test
  void withoutAKeyNothingIsWritten() throws IOException {
    Ended ended = program.run("export", "--out", "all.csv", "--base-url", api.url);

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(filesOf(home)).doesNotContain("all.csv", "all.csv.part");
  }

  private static Stream<String> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
