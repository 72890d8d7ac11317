package io.github.smartleadbulk.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.csv.GuardedReader;
import io.github.smartleadbulk.csv.InputException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InputFileTest {

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @TempDir private Path folder;

  @Test
  void headerKeepsTheSpellingOfNames() throws IOException {
    Header header =
        open("\n Account-ID ,E-Mail,From Name,phone\n", ignoring("e mail", "Phone")).header();

    assertThat(header)
        .isEqualTo(
            new Header(
                2,
                List.of(" Account-ID ", "E-Mail", "From Name", "phone"),
                List.of(
                    Column.ACCOUNT_ID,
                    new Column.PassedOver("e_mail", Column.PassedOver.Why.TOLD),
                    new Column.Setting(AccountField.FROM_NAME),
                    new Column.PassedOver("phone", Column.PassedOver.Why.TOLD))));
    assertThat(header.nameOf(0)).isEqualTo("Account-ID");
  }

  @Test
  void everyNameOfEveryFieldIsKnown() throws IOException {
    for (AccountField field : AccountField.values()) {
      List<String> names = new ArrayList<>(field.otherColumns());
      names.add(field.apiName());
      for (String name : names) {
        assertThat(open("id," + name, InputOptions.defaults()).header().columns())
            .containsExactly(Column.ACCOUNT_ID, new Column.Setting(field));
      }
    }
  }

  @Test
  void charsetOfTheUserCountsWithoutByteOrderMark() throws IOException {
    Path file = write("id,from_name\n1,Müller\n".getBytes(WINDOWS));

    assertThat(values(open(file, with(WINDOWS, null)), 1)).containsValue(text("Müller"));
  }

  @Test
  void byteOrderMarkCountsMoreThanTheUser() throws IOException {
    Path file = write("\uFEFFid,from_name\n1,Müller\n".getBytes(StandardCharsets.UTF_8));

    assertThat(values(open(file, with(WINDOWS, null)), 1)).containsValue(text("Müller"));
  }

  @Test
  void utf16WithoutByteOrderMarkTakesTheUsersWord() throws IOException {
    Path file = write("id,from_name\n1,Müller\n".getBytes(StandardCharsets.UTF_16LE));

    assertThat(values(open(file, with(StandardCharsets.UTF_16LE, null)), 1))
        .containsValue(text("Müller"));
  }

  @Test
  void byteThatMeansNothingInTheGivenCharset() throws IOException {
    Path file = write(new byte[] {'i', 'd', ',', 'b', 'c', 'c', '\r', (byte) 0x81});

    assertThatThrownBy(() -> open(file, with(WINDOWS, null)).inspect(row -> {}))
        .hasMessage(
            "accounts.csv, line 2: found the byte 81 at byte 8 of the file, not valid in"
                + " windows-1252: give the encoding of the file with"
                + " --charset");
  }

  @Test
  void headerIsUnderstoodBeforeAFaultFurtherDown() throws IOException {
    InputFile file = open("\"id\";\"from_name\"\n1;\"a\n", InputOptions.defaults());

    assertThat(file.header().size()).isEqualTo(2);
    assertThatThrownBy(() -> file.inspect(row -> {})).isInstanceOf(InputException.class);
  }

  @Test
  void givenDelimiterIsTakenEvenIfAnotherFits() throws IOException {
    Path file = write("id|from_name\n1|a;b,c\n".getBytes(StandardCharsets.UTF_8));

    assertThat(values(open(file, with(null, '|')), 1)).containsValue(text("a;b,c"));
  }

  @Test
  void givenDelimiterThatMakesNothingKnown() {
    assertThatThrownBy(() -> open("id;from_name\n1;a\n", with(null, ',')))
        .hasMessage(
            "accounts.csv, line 1: the header cannot be used\n"
                + "  column 1: found \"id;from_name\", expected a known name; the nearest is"
                + " from_name\n"
                + "  the file was read with the delimiter \",\", as --delimiter says; with \";\", the names would"
                + " be known");
  }

  @Test
  void optionsRefuseWhatCannotDelimit() {
    for (char c : new char[] {'"', '\n', '\r', '\0', 'a', '_', '7'}) {
      assertThatThrownBy(() -> with(null, c)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> with(null, '"'))
        .hasMessage("found \"\"\", expected a delimiter such as a comma, a semicolon or a tab");
  }

  @Test
  void zeroIsAllowedWhereTheUserInsists() throws IOException {
    InputOptions insisting =
        new InputOptions(
            null,
            null,
            Set.of(),
            ZeroLimit.ALLOWED,
            DuplicatePolicy.REFUSE,
            InputOptions.USUAL_CEILING);

    assertThat(values(open("id,max_email_per_day\n1,0\n", insisting), 1))
        .containsValue(new SettingValue.Whole(0));
  }

  @Test
  void problemsOfARowAreOneLine() throws IOException {
    InputFile file =
        open("id,Max Email Per Day,client_id\n1,\"40\n.5\",x\n", InputOptions.defaults());

    assertThat(rows(file).get(0).message())
        .isEqualTo(
            "line 2, account 1: Max Email Per Day: found \"40\\n.5\", expected a whole number of 1 or more (0 only with --allow-zero);"
                + " client_id: found \"x\", expected a positive whole number, or exactly <clear>");
  }

  @Test
  void rowsKeepTheirCells() throws IOException {
    InputFile file = open("id,_note,from_name\n 1 ,\" n \",\"\"\n", InputOptions.defaults());

    assertThat(rows(file).get(0).row().cells()).containsExactly(" 1 ", " n ", "");
  }

  @Test
  void rowsCanBeReadAgainAndSideBySide() throws IOException {
    InputFile file = open("id,from_name\n1,a\n2,b\n", InputOptions.defaults());
    try (InputRows one = file.rows();
        InputRows other = file.rows()) {
      assertThat(one.read()).isEqualTo(other.read());
      assertThat(one.read()).isNotNull();
      assertThat(one.read()).isNull();
      assertThat(one.read()).isNull();
      assertThat(other.read()).isNotNull();
    }
    assertThat(rows(file)).hasSize(2);
  }

  @Test
  void rowsOnTheirOwnKeepWhatTheFileSays() throws IOException {
    InputFile file = open("id,from_email,bcc\n,\u00a0A@x.com ,b@x.com\n", InputOptions.defaults());

    assertThat(rows(file).get(0))
        .extracting(InputRow::accountId, InputRow::fromEmail)
        .containsExactly(null, "A@x.com");
  }

  @Test
  void eachRowIsShownWithTheAccountOfItsAddress() throws IOException {
    InputFile file = open("email,bcc\nA@x.com,b@x.com\nB@x.com,b@x.com\n", InputOptions.defaults());
    List<Long> ids = new ArrayList<>();

    Inspection inspection =
        file.inspect(
            (workspace, address) -> address.equals("A@x.com") ? List.of(7L) : List.of(),
            row -> ids.add(row.accountId()),
            null);

    assertThat(ids).containsExactly(7L, null);
    assertThat(inspection).isEqualTo(new Inspection(2, 2, 0, 0, Duplicates.none()));
  }

  @Test
  void aValidRowCannotBeChanged() throws IOException {
    InputFile file = open("id,from_name\n1,Anna\n", InputOptions.defaults());

    assertThat(values(file, 1)).isUnmodifiable();
  }

  @Test
  void fileWithoutRows() throws IOException {
    assertThat(open("id,from_name", InputOptions.defaults()).inspect(row -> {}))
        .isEqualTo(new Inspection(0, 0, 0, 0, Duplicates.none()));
  }

  @Test
  void cellsOfAMegabyte() throws IOException {
    String signature = "<p>\"ü\",\n</p>".repeat(100_000);
    String cell = '"' + signature.replace("\"", "\"\"") + '"';

    InputFile file = open("id,signature\n1," + cell + "\n2," + cell, InputOptions.defaults());

    assertThat(values(file, 1)).containsValue(text(signature));
    assertThat(values(file, 2)).containsValue(text(signature));
    assertThat(rows(file).get(1).row().line()).isEqualTo(100_003);
  }

  @Test
  void quoteThatNeverClosesIsFoundBeforeItFillsTheMemory() throws IOException {
    String rows = "2,Anna\n".repeat(GuardedReader.LONGEST_RECORD / 6);
    InputFile file = open("id,from_name\n1,\"Anna\n" + rows + "3,\"\n", InputOptions.defaults());

    assertThatThrownBy(() -> file.inspect(row -> {}))
        .hasMessage(
            "accounts.csv, line 2, column 2: found a quote that opens a cell and is never closed,"
                + " expected a closing quote before the row has 4194304 characters; inside a quoted cell,"
                + " write a quote twice (\"\")");
  }

  @Test
  void rowOfUnreasonableLength() throws IOException {
    InputFile file =
        open(
            "id,from_name\n1," + "x".repeat(GuardedReader.LONGEST_RECORD + 20_000),
            InputOptions.defaults());

    assertThatThrownBy(() -> file.inspect(row -> {}))
        .hasMessage(
            "accounts.csv, line 2: found a row of more than 4194304 characters, expected a shorter"
                + " one");
  }

  @Test
  void fileThatIsNotThere() {
    assertThatThrownBy(
            () -> InputFile.open(folder.resolve("no.csv"), "no.csv", InputOptions.defaults()))
        .isInstanceOf(NoSuchFileException.class);
  }

  private InputFile open(String content, InputOptions options) throws IOException {
    return open(write(content.getBytes(StandardCharsets.UTF_8)), options);
  }

  private static InputFile open(Path file, InputOptions options) throws IOException {
    return InputFile.open(file, "accounts.csv", options);
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("input.csv"), content);
  }

  private static InputOptions with(Charset charset, Character delimiter) {
    return new InputOptions(
        charset,
        delimiter,
        Set.of(),
        ZeroLimit.REFUSED,
        DuplicatePolicy.REFUSE,
        InputOptions.USUAL_CEILING);
  }

  private static InputOptions ignoring(String... columns) {
    return new InputOptions(
        null,
        null,
        Set.of(columns),
        ZeroLimit.REFUSED,
        DuplicatePolicy.REFUSE,
        InputOptions.USUAL_CEILING);
  }

  private static Map<AccountField, SettingValue> values(InputFile file, int row)
      throws IOException {
    RowVerdict verdict = rows(file).get(row - 1).verdict();
    assertThat(verdict).isInstanceOf(RowVerdict.Valid.class);
    return ((RowVerdict.Valid) verdict).valuesByField();
  }

  private static List<InputRow> rows(InputFile file) throws IOException {
    List<InputRow> all = new ArrayList<>();
    try (InputRows rows = file.rows()) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        all.add(row);
      }
    }
    return all;
  }

  private static SettingValue text(String value) {
    return new SettingValue.Text(value);
  }
}
