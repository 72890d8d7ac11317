package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.RowProblem;
import java.util.ArrayList;
import java.util.List;

/** What the other rows for its account make of a row. */
interface DuplicateRule {

  InputRow apply(InputRow row);

  /** Every row that shares its account is invalid. */
  static DuplicateRule refuse(Duplicates duplicates, Header header) {
    return row -> {
      Long id = row.accountId();
      if (id == null || !duplicates.contains(id)) {
        return row;
      }
      return withProblems(
          row,
          List.of(
              new RowProblem(
                  header.nameOf(Column.ACCOUNT_ID),
                  "account " + id + " also in " + duplicates.otherLines(id, row.row().line()),
                  "one row for each account (--duplicates merge joins rows that agree)")));
    };
  }

  /** Makes a row invalid, on top of what is wrong with it already. */
  static InputRow withProblems(InputRow row, List<RowProblem> more) {
    List<RowProblem> problems = new ArrayList<>();
    if (row.verdict() instanceof RowVerdict.Invalid invalid) {
      problems.addAll(invalid.problems());
    }
    problems.addAll(more);
    return row.with(new RowVerdict.Invalid(problems));
  }
}
