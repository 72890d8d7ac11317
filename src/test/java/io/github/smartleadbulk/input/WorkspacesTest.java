package io.github.smartleadbulk.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.csv.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that name the workspace of their account. */
final class WorkspacesTest {

  private static final WorkspaceNames NAMES =
      WorkspaceNames.of("default", List.of("Acme", "globex"));

  @TempDir private Path folder;

  private InputFile open(String content, DuplicatePolicy duplicates, WorkspaceNames names)
      throws IOException {
    Path file = Files.writeString(folder.resolve("input.csv"), content);
    return InputFile.open(
        file,
        "accounts.csv",
        new InputOptions(
                null, null, Set.of(), ZeroLimit.REFUSED, duplicates, InputOptions.USUAL_CEILING)
            .with(names));
  }

  private InputFile open(String content) throws IOException {
    return open(content, DuplicatePolicy.REFUSE, NAMES);
  }

  /** The workspace, account and message of each row. */
  private static List<String> rows(InputFile file, AddressBook book) throws IOException {
    List<String> story = new ArrayList<>();
    Duplicates duplicates = file.inspect(book, row -> {}, null).duplicates();
    try (InputRows rows = file.rows(duplicates, book)) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        story.add(row.workspace() + " " + row.account() + ": " + row.verdict().message());
      }
    }
    return story;
  }

  private static List<String> rows(InputFile file) throws IOException {
    return rows(file, AddressBook.unknown());
  }

  @Test
  void rowNamesItsWorkspaceInAnyCaseAndBlankIsTheUsualOne() throws IOException {
    String content = "Workspace,id,bcc\nACME,1,a@x.com\n globex ,2,a@x.com\n,3,a@x.com\n";

    assertThat(rows(open(content))).containsExactly("Acme 1: ", "globex 2: ", "default 3: ");
    assertThat(
            rows(open(content, DuplicatePolicy.REFUSE, WorkspaceNames.of("globex", NAMES.known()))))
        .containsExactly("Acme 1: ", "globex 2: ", "globex 3: ");
  }

  @Test
  void fileWithoutTheColumnIsOfTheUsualWorkspace() throws IOException {
    assertThat(
            rows(
                open(
                    "id,bcc\n1,a@x.com\n2\n",
                    DuplicatePolicy.REFUSE,
                    WorkspaceNames.of("globex", NAMES.known()))))
        .containsExactly("globex 1: ", "globex 2: the row sets nothing");
  }

  /** Whose account it is, nobody knows: its id must not count for another. */
  @Test
  void unknownWorkspaceMakesTheRowInvalidAndItsAccountUnknown() throws IOException {
    assertThat(rows(open("id,bcc,workspace\n1,a@x.com,acmee\n1,a@x.com,\n2,x,initech\n")))
        .containsExactly(
            "default : workspace: found \"acmee\", expected an existing workspace; the nearest is"
                + " Acme",
            "default 1: ",
            "default : bcc: found \"x\", expected one email address such as name@example.com, or exactly <clear>; workspace:"
                + " found \"initech\", expected an existing workspace: Acme, default, globex");
  }

  @Test
  void whereNoWorkspaceIsSetUpOnlyTheDefaultOneExists() throws IOException {
    assertThat(
            rows(
                open(
                    "workspace,id,bcc\nDefault,1,a@x.com\nacme,2,a@x.com\n",
                    DuplicatePolicy.REFUSE,
                    WorkspaceNames.none())))
        .containsExactly(
            "default 1: ",
            "default : workspace: found \"acme\", expected an existing workspace: default");
  }

  @Test
  void unknownWorkspacesAreToldLikeOtherProblems() throws IOException {
    List<String> told = new ArrayList<>();
    RowMessages messages = new RowMessages(told::add, false, "");
    InputFile file = open("workspace,id,bcc\nacmee,1,a@x.com\nAcmes,2,a@x.com\n");

    file.inspect(AddressBook.unknown(), row -> {}, messages::add);
    messages.end();

    assertThat(told)
        .containsExactly(
            "workspace: found \"acmee\", \"Acmes\", expected an existing workspace; the nearest is"
                + " Acme: 2 rows, lines 2 and 3");
  }

  @Test
  void headerHasTheColumnOnce() {
    assertThatThrownBy(() -> open("id,workspace,bcc,WORK space\n"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "accounts.csv, line 1: column 4: found \"WORK space\", expected workspace only once;"
                + " column 2, \"workspace\", has the same meaning");
  }

  @Test
  void columnCanBeIgnoredOrMapped() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("other.csv"), "id,workspace,Team,bcc\n1,nobody,acme,a@x.com\n");
    InputOptions options =
        new InputOptions(
                null,
                null,
                Set.of("workspace", "team"),
                ZeroLimit.REFUSED,
                DuplicatePolicy.REFUSE,
                InputOptions.USUAL_CEILING)
            .with(NAMES);
    InputFile ignoring = InputFile.open(file, "other.csv", options);
    InputFile mapping =
        InputFile.open(
            file,
            "other.csv",
            InputOptions.defaults()
                .named(Map.of("workspace", "_other", "team", "workspace"))
                .with(NAMES));

    assertThat(ignoring.header().has(Column.WORKSPACE)).isFalse();
    assertThat(rows(ignoring)).containsExactly("default 1: ");
    assertThat(rows(mapping)).containsExactly("Acme 1: ");
  }

  @Test
  void sameIdInTwoWorkspacesIsTwoAccounts() throws IOException {
    String content =
        "workspace,id,max_email_per_day\nacme,17,1\n,17,2\nglobex,17,3\nAcme,17,1\nacme,18,1\n";
    String expected = "one row for each account (--duplicates merge joins rows that agree)";

    assertThat(rows(open(content)))
        .containsExactly(
            "Acme 17: id: found account 17 of workspace Acme also in line 5, expected " + expected,
            "default 17: ",
            "globex 17: ",
            "Acme 17: id: found account 17 of workspace Acme also in line 2, expected " + expected,
            "Acme 18: ");
    assertThat(rows(open(content, DuplicatePolicy.MERGE, NAMES)))
        .containsExactly(
            "Acme 17: ", "default 17: ", "globex 17: ", "Acme 17: joined with line 2", "Acme 18: ");
  }

  @Test
  void rowsThatContradictSayOfWhichWorkspace() throws IOException {
    assertThat(
            rows(
                open(
                    "workspace,id,max_email_per_day\nacme,17,1\nacme,17,2\n",
                    DuplicatePolicy.MERGE,
                    NAMES)))
        .containsExactly(
            "Acme 17: max_email_per_day: found \"1\" here and \"2\" in line 3 for account 17 of"
                + " workspace Acme, expected rows that agree, to join them",
            "Acme 17: max_email_per_day: found \"2\" here and \"1\" in line 2 for account 17 of"
                + " workspace Acme, expected rows that agree, to join them");
  }

  @Test
  void addressIsLookedUpInItsWorkspace() throws IOException {
    AddressBook book =
        (workspace, address) ->
            switch (workspace) {
              case "Acme" -> List.of(1L);
              case "default" -> List.of(2L);
              default -> List.of();
            };
    String content =
        "workspace,id,email,bcc\nacme,,anna@x.com,b@x.com\n,,anna@x.com,b@x.com\nglobex,,anna@x.com,b@x.com\nacme,1,,b@x.com\nacme,2,,b@x.com\n";
    String expected = "one row for each account (--duplicates merge joins rows that agree)";

    assertThat(rows(open(content)))
        .containsExactly(
            "Acme anna@x.com: ",
            "default anna@x.com: ",
            "globex anna@x.com: ",
            "Acme 1: ",
            "Acme 2: ");
    assertThat(rows(open(content), book))
        .containsExactly(
            "Acme 1: email: found account 1 of workspace Acme also in line 5, expected " + expected,
            "default 2: ",
            "globex anna@x.com: ",
            "Acme 1: id: found account 1 of workspace Acme also in line 2, expected " + expected,
            "Acme 2: ");
  }

  /** Two accounts can share the number that stands for them, once in many millions of files. */
  @Test
  void rowsOfAccountsThatShareAKeyAreNotJoined() throws IOException {
    InputFile file = open("workspace,id,bcc\nacme,1,a@x.com\nacme,2,a@x.com\n");
    MergedAccount account = new MergedAccount(file.header());
    List<InputRow> both = new ArrayList<>();
    try (InputRows rows = file.rows()) {
      for (InputRow row = rows.read(); row != null; row = rows.read()) {
        both.add(row);
      }
    }
    both.forEach(account::add);

    assertThat(account.apply(both.get(0)).verdict().message())
        .isEqualTo(
            "id: found \"1\" here and \"2\" in line 3 for account 1 of workspace Acme, expected"
                + " rows that agree, to join them");
    assertThat(account.apply(both.get(1)).verdict()).isInstanceOf(RowVerdict.Invalid.class);
  }

  @Test
  void keysOfOtherWorkspacesAreTheirOwn() {
    assertThat(key("default", 5L, "anna@x.com")).isEqualTo(5);
    assertThat(
            List.of(
                key("acme", 5L, null),
                key("globex", 5L, null),
                key("acme", 6L, null),
                key("acme", null, "anna@x.com"),
                key("globex", null, "anna@x.com"),
                key("default", null, "anna@x.com")))
        .doesNotHaveDuplicates()
        .allMatch(key -> key < 0);
    assertThat(key("acme", 5L, "anna@x.com")).isEqualTo(key("acme", 5L, null));
    // A run that one process has begun is resumed by another.
    assertThat(key("acme", 5L, null)).isEqualTo(-4711310838080747227L);
    assertThat(key("acme", null, "anna@x.com")).isEqualTo(-3929809260489458198L);
    assertThat(key("acme", null, null)).isEqualTo(AccountKey.NONE);
  }

  private static long key(String workspace, Long id, String address) {
    AccountRow row = new AccountRow(1, 2, List.of());
    return AccountKey.of(new InputRow(row, new RowVerdict.Nothing(), id, address, workspace));
  }
}
