package io.github.smartleadbulk.input;

import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.RowProblem;
import java.util.List;
import java.util.stream.Collectors;

/** What a row of the input comes to. */
public sealed interface RowVerdict {

  /** What there is to say about it, on one line; empty for a valid row. */
  String message();

  /** The row is to be sent. */
  record Valid(AccountUpdate update) implements RowVerdict {
    @Override
    public String message() {
      return "";
    }
  }

  /** The row sets nothing and is skipped. */
  record Nothing() implements RowVerdict {
    @Override
    public String message() {
      return "the row sets nothing";
    }
  }

  /** Another row for the same account carries what this one sets, and its outcome is this one's. */
  record Joined(long leaderRow, long leaderLine) implements RowVerdict {
    @Override
    public String message() {
      return "joined with line " + leaderLine;
    }
  }

  /** The row is not sent. */
  record Invalid(List<RowProblem> problems) implements RowVerdict {

    public Invalid {
      problems = List.copyOf(problems);
    }

    @Override
    public String message() {
      return problems.stream().map(RowProblem::toString).collect(Collectors.joining("; "));
    }
  }
}
