package io.github.smartleadbulk.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.RowProblem;
import io.github.smartleadbulk.account.TableRow;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.csv.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is different from update files; how bytes become cells is the same code. */
final class TableFileTest {

  @TempDir private Path folder;

  private TableFile open(String text, InputOptions options) throws IOException {
    Path file = folder.resolve("plan.csv");
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    return TableFile.open(file, "plan.csv", options, List.of("from", "start", "week_days"));
  }

  private TableFile open(String text) throws IOException {
    return open(text, InputOptions.defaults());
  }

  private static List<TableRow> rows(TableFile file) throws IOException {
    List<TableRow> rows = new ArrayList<>();
    file.forEach(rows::add);
    return rows;
  }

  @Test
  void cellsByTheColumnsOwnNames() throws IOException {
    TableFile file =
        open(
            "\uFEFF ID ;E-Mail;_note;Week-Days\r\n1;\"a\n@b\";x;\r\n\r\n2;;;mon\r\n",
            new InputOptions(
                null,
                null,
                Set.of("e mail"),
                ZeroLimit.REFUSED,
                DuplicatePolicy.REFUSE,
                InputOptions.USUAL_CEILING));

    assertThat(file.columns()).containsExactly("email_account_id", "week_days");
    assertThat(rows(file))
        .containsExactly(
            new TableRow(1, 2, Map.of("email_account_id", "1", "week_days", ""), List.of()),
            new TableRow(2, 5, Map.of("email_account_id", "2", "week_days", "mon"), List.of()));
    assertThat(open("email,FROM\n").columns()).containsExactly("from_email", "from");
  }

  @Test
  void rowThatDoesNotFitTheHeader() throws IOException {
    assertThat(rows(open("id,from\n1\n2,,,\n,,\n3,,x\n")))
        .containsExactly(
            new TableRow(1, 2, Map.of("email_account_id", "1", "from", ""), List.of()),
            new TableRow(2, 3, Map.of("email_account_id", "2", "from", ""), List.of()),
            new TableRow(
                3,
                5,
                Map.of(),
                List.of(
                    new RowProblem(
                        "",
                        "3 cells",
                        "2 as in the header; look for a missing or extra quote or"
                            + " delimiter"))));
  }

  @Test
  void everythingThatIsWrongWithAHeader() {
    assertThatThrownBy(() -> open("id,form,Account-Id,max_email_per_day,,starts\n1,2,3,4,5,6\n"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "plan.csv, line 1: the header cannot be used\n"
                + "  column 2: found \"form\", expected a known name; the nearest is from\n"
                + "  column 3: found \"Account-Id\", expected email_account_id only once; column 1,"
                + " \"id\", has the same meaning\n"
                + "  column 4: found \"max_email_per_day\", expected a known name\n"
                + "  column 6: found \"starts\", expected a known name; the nearest is start\n"
                + "  the known names are email_account_id, from_email, from, start, week_days, workspace\n"
                + "  to ignore an unknown column: --ignore-columns"
                + " form,max_email_per_day,starts\n"
                + "  to give a column a known name: --map \"form=NAME\"");
    assertThatThrownBy(() -> open("id,max_email_per_day,from_name\n1,2,3\n"))
        .hasMessage(
            "plan.csv, line 1: found the columns of settings, expected a ramp plan: use ./run.sh update"
                + " for this file");
    assertThatThrownBy(() -> open("from,start,From\n"))
        .hasMessage(
            "plan.csv, line 1: column 3: found \"From\", expected from only once; column 1,"
                + " \"from\", has the same meaning");
  }

  @Test
  void headerThatIsMissing() {
    assertThatThrownBy(() -> open(""))
        .hasMessage(
            "plan.csv: found nothing in the file, expected a header with column names such as"
                + " email_account_id,from,start");
    assertThatThrownBy(() -> open("1,2026-11-23,5\n"))
        .hasMessage(
            "plan.csv, line 1: found \"1\", \"2026-11-23\", \"5\", which looks like a row, expected"
                + " a header with column names before it, such as email_account_id,from,start");
  }

  private TableFile openOwn(String text) throws IOException {
    Path file = folder.resolve("keys.csv");
    Files.writeString(file, text);
    return TableFile.openOwn(file, "keys.csv", List.of("key", "rate"));
  }

  @Test
  void aTableOfItsOwnHasNoColumnsForAccounts() throws IOException {
    assertThat(rows(openOwn("Rate;_note;KEY\n5/s;x;a\n")))
        .containsExactly(new TableRow(1, 2, Map.of("rate", "5/s", "key", "a"), List.of()));
    assertThatThrownBy(() -> openOwn("key,rates,email,password\na,b,c,d\n"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            """
            keys.csv, line 1: the header cannot be used
              column 2: found "rates", expected a known name; the nearest is rate
              column 3: found "email", expected a known name
              column 4: found "password", expected a known name
              the known names are key, rate\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret,5\n", "s3cret\n", "s3cret;5/s\nkey;rate\n", "s3cret,a@b.de\n"})
  void aTableOfItsOwnWithoutAHeaderDoesNotShowWhatIsThere(String text) {
    assertThatThrownBy(() -> openOwn(text))
        .isInstanceOf(InputException.class)
        .message()
        .matches(
            "keys.csv, line 1: (found no known column name, expected a header such as key,rate"
                + "|the header seems to be in line 2: delete the lines before it)");
  }

  /** Which columns a table needs is up to who reads it. */
  @Test
  void headerWithoutAnAccountIsNotTheFilesMatter() throws IOException {
    assertThat(open("from\n").columns()).containsExactly("from");
  }

  @Test
  void faultFurtherDown() throws IOException {
    TableFile file = open("id,from\n1,\"x\n");

    assertThatThrownBy(() -> rows(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("plan.csv, line 2, column 2: found a quote that opens a cell");
  }
}
