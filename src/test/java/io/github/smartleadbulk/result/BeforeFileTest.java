package io.github.smartleadbulk.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.account.WorkspaceNames;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file as text; that it reads back to the letter, {@link InputRoundTripTest} sees to. */
final class BeforeFileTest {

  @TempDir private Path folder;

  private Path path() {
    return folder.resolve("before.csv");
  }

  @Test
  void cellPerFieldThatCanBePutBackInTheOrderOfTheFields() throws IOException {
    try (BeforeFile file =
        new BeforeFile(
            path(),
            Set.of(AccountField.SIGNATURE, AccountField.FROM_NAME),
            WorkspaceColumn.ABSENT,
            ByteOrderMark.NONE)) {
      file.append(
          inDefault(1),
          Map.of(AccountField.SIGNATURE, "=a,\n\"b\"", AccountField.FROM_NAME, " Ann "),
          "");
      file.append(
          inDefault(2), Map.of(AccountField.SIGNATURE, "<clear>"), "from_name: it was empty");
      file.append(inDefault(3), Map.of(), "none");
    }

    assertThat(Files.readString(path()))
        .isEqualTo(
            """
            email_account_id,from_name,signature,_message
            1, Ann ,"=a,
            ""b"\"",
            2,,<clear>,from_name: it was empty
            3,,,none
            """
                .replace(" Ann ", "\" Ann \""));
  }

  @Test
  void valueIsNeverLostSilently() throws IOException {
    try (BeforeFile file =
        new BeforeFile(
            path(), Set.of(AccountField.BCC), WorkspaceColumn.ABSENT, ByteOrderMark.NONE)) {
      assertThatThrownBy(() -> file.append(inDefault(1), Map.of(AccountField.FROM_NAME, "Ann"), ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("account 1: [FROM_NAME] in a file of [BCC]");
    }
    assertThatThrownBy(
            () -> {
              try (BeforeFile file =
                  new BeforeFile(
                      path(),
                      Set.of(AccountField.FROM_NAME),
                      WorkspaceColumn.ABSENT,
                      ByteOrderMark.NONE)) {
                file.append(inDefault(1), Map.of(AccountField.FROM_NAME, "\uD800"), "");
              }
            })
        .isInstanceOf(CharacterCodingException.class);
  }

  private static WorkspaceAccount inDefault(long id) {
    return new WorkspaceAccount(WorkspaceNames.DEFAULT, id);
  }
}
