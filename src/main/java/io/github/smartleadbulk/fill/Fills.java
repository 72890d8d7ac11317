package io.github.smartleadbulk.fill;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.input.Column;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.plan.Difference;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What every row of a run sets in addition to its cells.
 *
 * @param inOrder a fill comes after the fills whose values it uses
 */
public record Fills(List<Fill> inOrder) {

  /** The prefix of a field's name in the options stored with a run. */
  private static final String STORED = "set.";

  public Fills {
    inOrder = List.copyOf(inOrder);
  }

  public static Fills none() {
    return new Fills(List.of());
  }

  /**
   * Puts fills together.
   *
   * @param fills one fill for each field
   * @throws IllegalArgumentException if a field would use its own value
   */
  public static Fills of(Collection<Fill> fills) {
    return new Fills(new Ordering(fills).inOrder());
  }

  public boolean isEmpty() {
    return inOrder.isEmpty();
  }

  public Set<AccountField> fields() {
    return inOrder.stream().map(Fill::field).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether different rows may set different texts. */
  public boolean haveTemplates() {
    return !placeholders().isEmpty();
  }

  /** All names in the templates, as written. */
  public Set<String> placeholders() {
    return inOrder.stream()
        .flatMap(fill -> fill.template().placeholders().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Checks the texts without placeholders, which are the same for every row.
   *
   * @throws IllegalArgumentException if such a text is not a value of its field
   */
  public void checkConstants(InputOptions input) {
    inOrder.forEach(fill -> fill.checkConstant(input));
  }

  /**
   * The fills as text, to be stored. It contains the templates, so later changes to their files
   * have no effect.
   */
  public Map<String, String> stored() {
    Map<String, String> textByName = new TreeMap<>();
    inOrder.forEach(fill -> textByName.put(STORED + fill.field().apiName(), fill.text()));
    return textByName;
  }

  public static Fills parse(Map<String, String> stored) {
    Map<AccountField, Fill> fills = new EnumMap<>(AccountField.class);
    for (AccountField field : AccountField.values()) {
      String text = stored.get(STORED + field.apiName());
      if (text != null) {
        fills.put(field, Fill.of(field, "--set " + field.apiName(), text));
      }
    }
    return of(fills.values());
  }

  /**
   * A stored fill as an option, shortened to the part that differs from another run's.
   *
   * @param name the name under which it is stored
   * @param other the other run's text; empty if it has none
   * @return empty if the name is not that of a fill
   */
  public static Optional<String> shown(String name, String text, String other) {
    return name.startsWith(STORED)
        ? Optional.of(
            "--set "
                + name.substring(STORED.length())
                + "="
                + Difference.of(text(other), text(text)).after())
        : Optional.empty();
  }

  private static SettingValue text(String value) {
    return new SettingValue.Text(value);
  }

  /** Puts fills in an order in which each finds the values that it uses. */
  private static final class Ordering {

    private final Map<String, Fill> fillsByName = new LinkedHashMap<>();
    private final Set<Fill> done = new LinkedHashSet<>();
    private final Deque<Fill> open = new ArrayDeque<>();

    Ordering(Collection<Fill> fills) {
      fills.stream()
          .sorted(Comparator.comparing(Fill::field))
          .forEach(fill -> fillsByName.put(fill.field().apiName(), fill));
    }

    List<Fill> inOrder() {
      fillsByName.values().forEach(this::add);
      return List.copyOf(done);
    }

    private void add(Fill fill) {
      if (done.contains(fill)) {
        return;
      }
      open.push(fill);
      for (String placeholder : fill.template().placeholders()) {
        Fill used = fillsByName.get(Column.ownName(placeholder));
        // Such a fill would change the accounts again with every run.
        if (used != null && open.contains(used)) {
          throw new IllegalArgumentException(
              "%s: found {{%s}}, which uses the value of the field it sets, expected other values"
                  .formatted(fill.place(placeholder), placeholder));
        }
        if (used != null) {
          add(used);
        }
      }
      open.pop();
      done.add(fill);
    }
  }
}
