package io.github.smartleadbulk.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.RowProblem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowMessagesTest {

  private final List<String> told = new ArrayList<>();

  private static RowProblem problem(String column, String found) {
    return new RowProblem(column, "\"" + found + "\"", "a number");
  }

  @Test
  void whatOneRowHasIsToldWithTheRow() {
    RowMessages messages = new RowMessages(told::add, false, "");
    messages.add(9, "a@example.com", List.of(problem("bcc", "y")));
    messages.add(5, "7", List.of(problem("cap", "x"), problem("step", "z")));
    messages.add(6, "", List.of(new RowProblem("", "3 cells", "2")));
    messages.end();

    assertThat(told)
        .containsExactly(
            "line 5, account 7: cap: found \"x\", expected a number; step: found \"z\", expected a"
                + " number",
            "line 6: found 3 cells, expected 2",
            "line 9, account a@example.com: bcc: found \"y\", expected a number");
  }

  @Test
  void whatManyRowsHaveIsToldOnce() {
    RowMessages messages = new RowMessages(told::add, false, "input.csv");
    for (int line = 2; line <= 501; line++) {
      messages.add(line, "7", List.of(problem("cap", "x" + line % 5)));
    }
    messages.add(600, "8", List.of(problem("step", "same")));
    messages.add(601, "9", List.of(problem("step", "same")));
    messages.end();

    assertThat(told)
        .containsExactly(
            "cap: found \"x2\", \"x3\", \"x4\" and others, expected a number: 500 rows, lines 2, 3, 4,"
                + " 5, 6 and 495 more of input.csv",
            "step: found \"same\", expected a number: 2 rows, lines 600 and 601 of input.csv");
  }

  @Test
  void eachRowIsToldAtOnceWhereThatIsAskedFor() {
    RowMessages messages = new RowMessages(told::add, true, "input.csv");
    messages.add(2, "7", List.of(problem("cap", "x"), problem("step", "y")));

    assertThat(told)
        .containsExactly(
            "line 2 of input.csv, account 7: cap: found \"x\", expected a number; step: found \"y\","
                + " expected a number");
    messages.end();
    assertThat(told).hasSize(1);
  }

  @Test
  void kindsBeyondTwentyAreCounted() {
    RowMessages messages = new RowMessages(told::add, false, "");
    for (int line = 2; line < 2_000; line++) {
      messages.add(line, "", List.of(problem("column" + line, "x")));
    }
    messages.end();

    assertThat(told).hasSize(21);
    assertThat(told.get(20)).isEqualTo("1978 more problems; to see all problems, add -v");
  }

  @Test
  void problemsInWordsOfTheirOwnAreOneKindWhereTheyAreTheSame() {
    RowMessages messages = new RowMessages(told::add, false, "");
    for (int line = 2; line <= 3; line++) {
      messages.add(
          line, "7", List.of(new RowProblem("bcc", "{{a}} empty", "a value", "{{a}} is empty")));
    }
    messages.end();

    assertThat(told).containsExactly("bcc: {{a}} is empty: 2 rows, lines 2 and 3");
  }
}
