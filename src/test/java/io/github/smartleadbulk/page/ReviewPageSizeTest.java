package io.github.smartleadbulk.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.result.RunSummary;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.PlanTotals;
import io.github.smartleadbulk.run.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A page has a size that mail servers and browsers take, and says what it left out. */
class ReviewPageSizeTest {

  private static final long MOST_BYTES = 15_000_000;

  @TempDir Path folder;

  private Document page(long accounts, LongFunction<Changes> changes) throws IOException {
    Path file = folder.resolve("review.html");
    try (ReviewPage page = new ReviewPage()) {
      for (long i = 1; i <= accounts; i++) {
        page.planned(row(i), 10_000_000 + i, "account" + i + "@example.com", changes.apply(i));
      }
      page.writeTo(file, result(accounts), null, false, OptionalLong.empty());
    }
    assertThat(Files.size(file)).isLessThan(MOST_BYTES);
    return Jsoup.parse(file.toFile());
  }

  private static InputRow row(long number) {
    return new InputRow(
        new AccountRow(number, number + 1, List.of()),
        new RowVerdict.Nothing(),
        null,
        null,
        WorkspaceNames.DEFAULT);
  }

  private static RunResult result(long accounts) {
    Instant now = Instant.parse("2026-11-27T02:00:00Z");
    RunSummary summary =
        new RunSummary(
            1,
            "plan",
            "fleet.csv",
            "sandbox",
            "finished",
            0,
            null,
            accounts,
            Map.of(),
            0,
            0,
            Map.of(),
            0,
            now,
            now,
            Map.of("plan", Path.of("plan.csv")),
            List.of(
                new RunSummary.Workspace(
                    WorkspaceNames.DEFAULT,
                    "sandbox",
                    accounts,
                    Map.of(),
                    0,
                    0,
                    Map.of(),
                    0,
                    null,
                    null)));
    return new RunResult(
        ExitCode.OK,
        summary,
        new PlanTotals(accounts, accounts, Map.of(), Map.of(), now, now, List.of()),
        null);
  }

  private static Changes limit(long before, long after) {
    return new Changes(
        Map.of(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(before)),
        Map.of(AccountField.MAX_EMAIL_PER_DAY, new SettingValue.Whole(after)));
  }

  private static Changes signature(long account, int length) {
    return new Changes(
        Map.of(
            AccountField.SIGNATURE,
            new SettingValue.Text("<p>old " + account + "x".repeat(length))),
        Map.of(
            AccountField.SIGNATURE,
            new SettingValue.Text("<p>new " + account + "x".repeat(length))));
  }

  @Test
  void aFleetFitsWhole() throws IOException {
    Document page = page(27_000, i -> limit(20 + i % 3, 30 + i % 5));

    assertThat(page.select(".group")).hasSize(15);
    assertThat(page.select(".group tbody tr")).hasSize(27_000);
    assertThat(page.select(".warn")).isEmpty();
  }

  @Test
  void aFleetOfDifferentChangesFitsWhole() throws IOException {
    Document page = page(27_000, i -> limit(i, i + 1));

    assertThat(page.select(".part tbody tr")).hasSize(27_000);
    assertThat(page.select(".warn")).isEmpty();
  }

  @Test
  void whatDoesNotFitIsCountedAndTheFileThatHasItNamed() throws IOException {
    Document page = page(3_000, i -> signature(i, 3_000));

    int shown = page.select(".group tbody tr").size();
    assertThat(shown).isBetween(1, 2_999);
    assertThat(page.select(".warn").text())
        .isEqualTo(
            Figures.number(3_000 - shown, "change")
                + " more do not fit on this page. plan.csv has all changes.");
  }

  @Test
  void aMillionRowsEndWithANote() throws IOException {
    Document page = page(1_000_000, i -> limit(i % 7, 100));

    int shown = page.select(".group tbody tr").size();
    assertThat(shown).isGreaterThanOrEqualTo(100_000);
    assertThat(page.select(".warn").text())
        .startsWith(Figures.number(1_000_000 - shown, "change") + " more do not fit on this page.");
    assertThat(page.select(".cards").text()).contains("Accounts to change 1\u202f000\u202f000");
  }
}
