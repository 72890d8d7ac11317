package io.github.smartleadbulk.fill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.InputRows;
import io.github.smartleadbulk.input.RowVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowFillingTest {

  /** Names of what accounts have and rows here do not. */
  private static final List<String> OF_ACCOUNTS =
      List.of(
          "from_email",
          "email",
          "email_address",
          "message__per_day",
          "bcc_address",
          "max_email_per_day",
          "message_per_day",
          "daily_limit",
          "from_name",
          "custom_tracking_url",
          "tracking_domain",
          "bcc",
          "bcc_email",
          "client_id",
          "time_to_wait_in_mins");

  @TempDir private Path temp;

  private InputRow alone(String template, String cells) throws IOException {
    Fills fills =
        Fills.of(
            List.of(
                Fill.of(
                    AccountField.SIGNATURE,
                    "--set signature",
                    template + "{{city|}}{{company|}}")));
    InputOptions options =
        new InputOptions(
                null,
                null,
                Set.of(),
                ZeroLimit.REFUSED,
                DuplicatePolicy.REFUSE,
                InputOptions.USUAL_CEILING)
            .filledWith(fills.fields(), fills.placeholders());
    Path file =
        Files.writeString(temp.resolve("in.csv"), "email_account_id,company,city\n3," + cells);
    InputFile input = InputFile.open(file, "in.csv", options);
    RowFilling filling =
        new RowFilling(fills, options, new PlaceholderValues(fills, input.header()));
    try (InputRows rows = input.rows()) {
      return filling.alone(Objects.requireNonNull(rows.read()));
    }
  }

  @Test
  void templateTakesTheCellOfTheWorkspace() throws IOException {
    Fills fills =
        Fills.of(
            List.of(Fill.of(AccountField.SIGNATURE, "--set signature", "{{id}} of {{workspace}}")));
    InputOptions options =
        InputOptions.defaults()
            .with(WorkspaceNames.of("default", List.of("acme")))
            .named(Map.of("team", "workspace"))
            .filledWith(fills.fields(), fills.placeholders());
    Path file = Files.writeString(temp.resolve("in.csv"), "id,Team\n3,Acme\n4,\n");
    InputFile input = InputFile.open(file, "in.csv", options);
    RowFilling filling =
        new RowFilling(fills, options, new PlaceholderValues(fills, input.header()));
    try (InputRows rows = input.rows()) {
      assertThat(filling.alone(Objects.requireNonNull(rows.read())).verdict())
          .isEqualTo(
              new RowVerdict.Valid(
                  Map.of(AccountField.SIGNATURE, new SettingValue.Text("3 of Acme"))));
      assertThat(filling.alone(Objects.requireNonNull(rows.read())).verdict().message())
          .startsWith("signature: {{workspace}} is empty");
    }
  }

  private static String sections(String kind, String inside) {
    return OF_ACCOUNTS.stream()
        .map(name -> "{{" + kind + name + "}}" + inside + "{{/" + name + "}}")
        .reduce("", String::concat);
  }

  @Test
  void manyValuesOfTheAccountCostNoTime() throws Exception {
    String values = "{{" + String.join("}} {{", OF_ACCOUNTS) + "}} ";
    String sections = sections("#", "{{city}}") + sections("^", "x");

    RowVerdict verdict =
        assertTimeoutPreemptively(
            Duration.ofSeconds(20),
            () -> {
              for (int i = 0; i < 300; i++) {
                alone(values + sections + "{{company}}", ",");
              }
              return alone(values + sections + "{{company}}", ",").verdict();
            });

    assertThat(verdict.message())
        .startsWith("signature: {{company}} is empty; give it a value or a default");
  }

  @Test
  void whatTheAccountMayNotWantIsNotMissingYet() throws Exception {
    assertThat(alone("{{#from_name}}{{company}}{{/from_name}}", ",").verdict())
        .isInstanceOf(RowVerdict.Valid.class);
    assertThat(alone("{{^from_name}}{{company}}{{/from_name}}", ",").verdict())
        .isInstanceOf(RowVerdict.Valid.class);
    assertThat(alone(sections("#", "{{company}}") + sections("^", "{{city}}"), ",").verdict())
        .isInstanceOf(RowVerdict.Valid.class);
  }

  @Test
  void whatEveryAccountWantsIsMissing() throws Exception {
    String template =
        "{{#from_name}}{{company}} {{city}}{{/from_name}}{{^from_name}}{{company}}{{/from_name}}";

    assertThat(alone(template, ",").verdict().message()).startsWith("signature: {{company}} is");
    assertThat(alone(template, "X,").verdict()).isInstanceOf(RowVerdict.Valid.class);
  }
}
