package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A terminal, or a channel that is posted to, never gets what it would obey. */
class PlainOutputTest extends AgainstFakeSmartlead {

  /** Clears the screen, rings, turns text around; as one control of Latin 1 as well. */
  private static final String EVIL = "\u001B[2J\u0007\u202Ex\u009B31m\u2066";

  private static final String JSON_EVIL = "\\u001b[2J\\u0007\\u202Ex\\u009B31m\\u2066";

  PlainOutputTest() {
    super(20);
  }

  @Test
  void fromCellsHeadersNamesArgumentsConfigAndTheServer() throws IOException {
    api.script =
        call -> call.isPage() ? null : new Answer(400, "{\"message\":\"no " + JSON_EVIL + "\"}");
    program.file("rows.csv", "id,max_email_per_day,_x", "4," + EVIL + ",a", "5,41,b");
    program.file("names.csv", "id,from_name", "4," + EVIL, "5,\u202EBen");
    program.file("header.csv", "id,from_name," + EVIL, "4,Ben,x");
    program.file(EVIL + ".csv", "id,max_email_per_day", "5,41", "6," + EVIL);

    for (List<String> command :
        List.of(
            List.of("update", "rows.csv"),
            List.of("update", "rows.csv", "-v"),
            List.of("update", "rows.csv", "--json"),
            List.of("plan", "names.csv", "--allow-damaged-text"),
            List.of("plan", "names.csv", "--allow-damaged-text", "--json"),
            List.of("update", "header.csv"),
            List.of("update", "header.csv", "-v"),
            List.of("update", EVIL + ".csv"),
            List.of("update", "no" + EVIL + ".csv"),
            List.of("update", "rows.csv", "--snapshot", EVIL),
            List.of("update", "rows.csv", "--" + EVIL),
            List.of("update", "rows.csv", "--set", "from_name=" + EVIL),
            List.of("update", "rows.csv", "--ignore-columns", EVIL, "--map", EVIL))) {
      assertPlain(run(command.toArray(String[]::new)));
    }
    for (List<String> command :
        List.of(
            List.of("validate", "rows.csv"),
            List.of("validate", "rows.csv", "--json"),
            List.of("validate", EVIL + ".csv"),
            List.of("runs"),
            List.of("runs", "--json"),
            List.of("show", "1"),
            List.of("show", "1", "--json"),
            List.of("show", "1", "--status", "failed"),
            List.of(EVIL))) {
      assertPlain(program.run(command.toArray(String[]::new)));
    }
    program.withConfig("rate = " + EVIL);
    assertPlain(program.run("update", "rows.csv"));
    program.withConfig(EVIL + " = x");
    assertPlain(program.run("update", "rows.csv"));
  }

  @Test
  void whatAWebhookGetsIsPlain() throws IOException {
    try (WebhookServer webhook = WebhookServer.answering(200, 200, 200)) {
      program.file(EVIL + ".csv", "id,max_email_per_day", "5,41", "6," + EVIL);

      run("update", EVIL + ".csv", "--notify", webhook.url());
      run("update", EVIL + ".csv", "--notify", webhook.url(), "--notify-format", "slack");
      run("update", "no" + EVIL + ".csv", "--notify", webhook.url());

      assertThat(webhook.posts()).hasSize(3);
      webhook.posts().forEach(post -> assertPlain(post.body()));
    }
  }

  private static void assertPlain(Ended ended) {
    assertThat(ended.out() + ended.err()).isNotEmpty();
    assertPlain(ended.out());
    assertPlain(ended.err());
  }

  private static void assertPlain(String text) {
    assertThat(
            text.codePoints()
                .filter(c -> c != '\n' && c != '\t')
                .filter(
                    c ->
                        Character.isISOControl(c)
                            || (c >= 0x202A && c <= 0x202E)
                            || (c >= 0x2066 && c <= 0x2069)))
        .as(text)
        .isEmpty();
  }
}
