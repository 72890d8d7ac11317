package io.github.smartleadbulk.fill;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.RowProblem;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.template.Rendered;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Adds to rows what the run's {@link Fills} set: first what depends on the row alone, so that it is
 * checked before any call, later what depends on the account.
 *
 * @param input how rows are read
 */
public record RowFilling(Fills fills, InputOptions input, PlaceholderValues values) {

  /**
   * Fills what does not depend on the account. The row becomes invalid if it cannot be valid with
   * any account.
   */
  public InputRow alone(InputRow row) {
    return fill(row, null);
  }

  /** Whether the row cannot be completed without its account. */
  public boolean takesAccount(InputRow row) {
    return row.verdict() instanceof RowVerdict.Valid valid
        && fills.inOrder().stream()
            .anyMatch(
                fill ->
                    !valid.valuesByField().containsKey(fill.field())
                        && isOpen(fill, row, valid.valuesByField(), Set.of()));
  }

  /**
   * Fills everything.
   *
   * @param row the result of {@link #alone}
   * @param account the account as it was before the run. Otherwise a text that uses a value which
   *     the run changes would differ when the run is resumed
   */
  public InputRow complete(InputRow row, Account account) {
    return fill(row, account);
  }

  private InputRow fill(InputRow row, @Nullable Account account) {
    boolean isInvalid = row.verdict() instanceof RowVerdict.Invalid;
    if (!(isInvalid || row.verdict() instanceof RowVerdict.Valid) || !values.canRead(row)) {
      return row;
    }
    Map<AccountField, SettingValue> set = new EnumMap<>(AccountField.class);
    if (row.verdict() instanceof RowVerdict.Valid valid) {
      set.putAll(valid.valuesByField());
    }
    List<RowProblem> problems = new ArrayList<>();
    Set<AccountField> open = EnumSet.noneOf(AccountField.class);
    for (Fill fill : fills.inOrder()) {
      if (set.containsKey(fill.field())) {
        continue;
      }
      if (account == null && isOpen(fill, row, set, open)) {
        Set<String> missing = certainlyMissing(fill, row, set, open);
        if (!missing.isEmpty()) {
          problems.add(missing(fill.field(), missing));
        }
        open.add(fill.field());
      } else {
        fill(fill, values(fill, row, set, account), set, problems);
      }
    }
    if (!problems.isEmpty()) {
      return row.withProblems(problems);
    }
    if (isInvalid) {
      return row;
    }
    return row.with(
        set.isEmpty() && open.isEmpty() ? new RowVerdict.Nothing() : new RowVerdict.Valid(set));
  }

  private void fill(
      Fill fill,
      Map<String, String> valuesByName,
      Map<AccountField, SettingValue> set,
      List<RowProblem> problems) {
    AccountField field = fill.field();
    Rendered rendered = fill.render(valuesByName);
    if (!rendered.missing().isEmpty()) {
      problems.add(missing(field, rendered.missing()));
      return;
    }
    // As with a blank cell, an empty default leaves the setting alone.
    if (Cells.isBlank(rendered.text())) {
      return;
    }
    SettingValue value = input.parse(field, rendered.text());
    if (value == null) {
      problems.add(input.problem(field.apiName(), field, rendered.text()));
    } else {
      set.put(field, value);
    }
  }

  private Map<String, String> values(
      Fill fill, InputRow row, Map<AccountField, SettingValue> set, @Nullable Account account) {
    Map<String, String> valuesByName = new HashMap<>();
    for (String placeholder : fill.template().placeholders()) {
      String value = values.ofRow(placeholder, row, set);
      if (value == null && account != null) {
        value = values.ofAccount(placeholder, account, fill.field());
      }
      if (value != null) {
        valuesByName.put(placeholder, value);
      }
    }
    return valuesByName;
  }

  /** Whether the account may have a value where the row has none. */
  private boolean isOpen(
      Fill fill, InputRow row, Map<AccountField, SettingValue> set, Set<AccountField> open) {
    return fill.template().placeholders().stream()
        .anyMatch(
            placeholder ->
                values.mayComeLater(placeholder, open)
                    && values.ofRow(placeholder, row, set) == null);
  }

  /**
   * The names that stay empty whatever values the account has, which may decide about parts of the
   * text.
   */
  private Set<String> certainlyMissing(
      Fill fill, InputRow row, Map<AccountField, SettingValue> set, Set<AccountField> open) {
    Map<String, String> valuesByName = values(fill, row, set, null);
    Set<String> later =
        fill.template().placeholders().stream()
            .filter(name -> values.mayComeLater(name, open) && !valuesByName.containsKey(name))
            .collect(Collectors.toSet());
    return fill.template().certainlyMissing(valuesByName, later);
  }

  private static RowProblem missing(AccountField field, Set<String> names) {
    String found = names.stream().map(name -> "{{" + name + "}}").collect(Collectors.joining(", "));
    String example = "such as {{" + names.iterator().next() + "|there}}";
    boolean one = names.size() == 1;
    return new RowProblem(
        field.apiName(),
        found + " empty",
        (one ? "a value or a default " : "values or defaults ") + example,
        one
            ? found + " is empty; give it a value or a default " + example
            : found + " are empty; give them values or defaults " + example);
  }
}
