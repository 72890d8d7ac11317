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
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What every row of a run sets beyond its cells.
 *
 * @param inOrder one that takes up what another one sets comes behind it
 */
public record Fills(List<Fill> inOrder) {

  /** Before a field's name, in the options that are kept with a run. */
  private static final String STORED = "set.";

  public Fills {
    inOrder = List.copyOf(inOrder);
  }

  public static Fills none() {
    return new Fills(List.of());
  }

  /**
   * Fills that go together.
   *
   * @param fills each for another field
   * @throws IllegalArgumentException if a field would take up its own value
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

  /** Whether rows differ in what is set. */
  public boolean haveTemplates() {
    return !placeholders().isEmpty();
  }

  /** All names in the templates, as they stand there. */
  public Set<String> placeholders() {
    return inOrder.stream()
        .flatMap(fill -> fill.template().placeholders().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Says before there is a row what holds for all of them.
   *
   * @throws IllegalArgumentException if a text without placeholders is no value of its field
   */
  public void checkConstants(InputOptions input) {
    inOrder.forEach(fill -> fill.checkConstant(input));
  }

  /** As text, to be kept: the templates as they are now, whatever becomes of their files. */
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

  /** Options of a run for a message: templates are cut to where they differ from another run's. */
  public static Map<String, String> shown(Map<String, String> options, Map<String, String> other) {
    Map<String, String> shown = new TreeMap<>(options);
    shown.replaceAll(
        (name, value) ->
            name.startsWith(STORED)
                ? Difference.of(text(other.getOrDefault(name, "")), text(value)).after()
                : value);
    return shown;
  }

  private static SettingValue text(String value) {
    return new SettingValue.Text(value);
  }

  /** Puts fills in an order in which each finds the values of the others. */
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
        // Applied to its own result it would change the accounts anew with every run.
        if (used != null && open.contains(used)) {
          throw new IllegalArgumentException(
              "%s: found {{%s}}, which takes the value of the field it sets, expected other values"
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
