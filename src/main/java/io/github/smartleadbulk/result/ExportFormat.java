package io.github.smartleadbulk.result;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.DamagedText;
import io.github.smartleadbulk.account.ZeroLimit;
import java.util.ArrayList;
import java.util.List;

/**
 * What an export has of each account.
 *
 * @param zeroLimit whether the update that will read the file allows a limit of 0
 * @param damagedText whether that update allows damaged texts
 */
public record ExportFormat(
    List<AccountField> fields,
    ZeroLimit zeroLimit,
    DamagedText damagedText,
    WorkspaceColumn workspaceColumn) {

  public ExportFormat {
    fields = List.copyOf(fields);
  }

  List<String> header() {
    List<String> header = new ArrayList<>(List.of("email_account_id", "from_email"));
    if (workspaceColumn == WorkspaceColumn.PRESENT) {
      header.add(WorkspaceColumn.NAME);
    }
    fields.forEach(field -> header.add(field.apiName()));
    return header;
  }
}
