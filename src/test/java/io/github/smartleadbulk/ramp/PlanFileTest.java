package io.github.smartleadbulk.ramp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.input.TableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file to a table: what {@code input} calls the columns is what a plan asks for. */
final class PlanFileTest {

  @TempDir private Path folder;

  private PlanReading read(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("plan.csv"), text);
    TableFile table = TableFile.open(file, "plan.csv", InputOptions.defaults(), PlanReader.COLUMNS);
    PlanReader reader =
        new PlanReader(
            table.columns(),
            Map.of("usual", Curve.parse("usual", "weeks: 5-10, 20", "curve.usual")),
            200,
            WorkspaceNames.of("default", List.of("acme")));
    table.forEach(reader::add);
    return reader.result();
  }

  private static RampPlan plan(PlanReading reading) {
    assertThat(reading).isInstanceOf(PlanReading.Good.class);
    return ((PlanReading.Good) reading).plan();
  }

  @Test
  void everyColumnIsUnderstood() throws IOException {
    RampPlan plan =
        plan(
            read(
                """
                Id;Email;_who;From;Start;Step;Every;Cap;Weekdays;Until;Pause;Curve
                7;anna@example.com;;2026-11-23;5;5;1;30;mon,wed,fri;2026-12-31;"2026-11-25;2026-11-27";
                ;bob@example.com;Bob;2026-11-24;;;;;mon-fri;;;usual
                ;;;;;;;;;;;
                """));

    assertThat(new RampPreview(plan, LocalDate.parse("2026-11-23"), 9).text(100))
        .containsExactly(
            "                  Nov 23  Nov 24  Nov 25  Nov 26  Nov 27  Nov 28  Nov 29  Nov 30   Dec 1",
            "anna@example.com       5       5       5       5       5       5       5      10      10",
            "bob@example.com                5       6       7       8       8       8      10      20",
            "total                  5      10      11      12      13      13      13      20      30");
  }

  @Test
  void linesAreThoseOfTheFile() throws IOException {
    assertThat(read("id,from,curve\n\n1,2026-11-23,usual\n2,2026-11-23\n3,2026-11-23,\"u\n\"\n"))
        .isEqualTo(
            new PlanReading.Refused(
                List.of(
                    "line 4, account 2: start: found a blank cell, expected a limit of 1 or more, or a"
                        + " curve; step: found a blank cell, expected a whole number of 1 or more;"
                        + " cap: found a blank cell, expected the limit at which the ramp ends",
                    "line 5, account 3: curve: found \"u\", expected a defined curve: usual"),
                List.of("u")));
  }

  @Test
  void accountsAreToldApartByTheirWorkspace() throws IOException {
    RampPlan plan =
        plan(
            read(
                """
                id,email,workspace,from,curve
                7,,ACME,2026-11-23,usual
                7,,,2026-11-23,usual
                ,anna@x.com,acme,2026-11-23,usual
                ,anna@x.com,default,2026-11-23,usual
                """));

    assertThat(plan.rows())
        .extracting(RampRow::workspace)
        .containsExactly("acme", "default", "acme", "default");
    assertThat(plan(read("id,from,curve\n7,2026-11-23,usual\n")).rows())
        .extracting(RampRow::workspace)
        .containsOnlyNulls();
  }

  @Test
  void workspacesThatAreWrong() throws IOException {
    assertThat(
            read(
                """
                id,email,workspace,from,curve
                7,,acme,2026-11-23,usual
                7,,Acme,2026-11-23,usual
                8,b@x.com,acne,2026-11-23,usual
                9,b@x.com,,2026-11-23,usual
                """))
        .isEqualTo(
            new PlanReading.Refused(
                List.of(
                    "line 2, account 7: email_account_id: found account 7 of workspace acme also in"
                        + " line 3, expected one row for each account",
                    "line 3, account 7: email_account_id: found account 7 of workspace acme also in"
                        + " line 2, expected one row for each account",
                    "line 4, account 8: workspace: found \"acne\", expected an existing workspace;"
                        + " the nearest is acme"),
                List.of()));
  }

  @Test
  void manyRows() throws IOException {
    String rows =
        IntStream.rangeClosed(1, 100_000)
            .mapToObj(id -> id + ",2026-11-23,5,5,30\n")
            .collect(Collectors.joining());

    assertThat(plan(read("id,from,start,step,cap\n" + rows)).rows()).hasSize(100_000);
  }
}
