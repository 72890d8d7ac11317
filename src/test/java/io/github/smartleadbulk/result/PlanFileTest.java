package io.github.smartleadbulk.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceAccount;
import io.github.smartleadbulk.account.WorkspaceNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanFileTest {

  @TempDir private Path folder;

  @Test
  void linePerChangeThatNoSpreadsheetRuns() throws IOException {
    Path path = folder.resolve("plan.csv");
    try (PlanFile file = new PlanFile(path, WorkspaceColumn.ABSENT, ByteOrderMark.NONE)) {
      file.append(
          1,
          2,
          inDefault(101),
          "a@example.com",
          AccountField.MAX_EMAIL_PER_DAY,
          new SettingValue.Whole(30),
          new SettingValue.Whole(40));
      file.append(
          1,
          2,
          inDefault(101),
          "=a@example.com",
          AccountField.SIGNATURE,
          new SettingValue.Text("=1+1"),
          new SettingValue.Text("--\nÄnn, \"A\""));
      file.append(
          2,
          4,
          inDefault(102),
          null,
          AccountField.CLIENT_ID,
          new SettingValue.None(),
          new SettingValue.Whole(7));
      file.append(
          3, 5, inDefault(103), null, AccountField.IS_SUSPENDED, null, new SettingValue.Flag(true));
      file.append(
          4,
          6,
          inDefault(104),
          null,
          AccountField.FROM_NAME,
          new SettingValue.Text("\uD800"),
          new SettingValue.Text("A"));
    }

    assertThat(Files.readString(path))
        .isEqualTo(
            """
            row,line,email_account_id,from_email,field,before,after,before_known
            1,2,101,a@example.com,max_email_per_day,30,40,true
            1,2,101,'=a@example.com,signature,'=1+1,"'--
            Änn, ""A"\"",true
            2,4,102,,client_id,,7,true
            3,5,103,,is_suspended,,true,false
            4,6,104,,from_name,?,A,true
            """);
  }

  @Test
  void workspaceIsTheLastColumn() throws IOException {
    Path path = folder.resolve("plan.csv");
    try (PlanFile file = new PlanFile(path, WorkspaceColumn.PRESENT, ByteOrderMark.NONE)) {
      file.append(
          1,
          2,
          new WorkspaceAccount("acme", 101),
          null,
          AccountField.CLIENT_ID,
          new SettingValue.None(),
          new SettingValue.Whole(7));
    }

    assertThat(path)
        .hasContent(
            """
            row,line,email_account_id,from_email,field,before,after,before_known,workspace
            1,2,101,,client_id,,7,true,acme
            """);
    assertThat(PlanFile.mayReplace(path)).isTrue();
  }

  private static WorkspaceAccount inDefault(long id) {
    return new WorkspaceAccount(WorkspaceNames.DEFAULT, id);
  }
}
