package io.github.smartleadbulk.template;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ColumnName;
import java.io.Writer;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row for the engine. The engine gets nothing else, because it would call the
 * methods of other objects ({@code {{first_name.length}}}).
 */
final class Filling {

  private final Map<String, String> filledByName = new HashMap<>();
  private final Set<String> unknown;
  private Branch branch = new Branch();

  /**
   * @param unknown normalised names of values that may or may not exist
   */
  Filling(Map<String, String> valuesByName, Set<String> unknown) {
    this.unknown = unknown;
    valuesByName.forEach(
        (name, value) -> {
          if (!Cells.isBlank(value)) {
            filledByName.put(ColumnName.normalized(name), value);
          }
        });
  }

  /** The placeholders that were used without a value, whatever the unknown values are. */
  Set<String> missing() {
    return branch.missing();
  }

  static Mustache.Compiler compiler(Escaping escaping) {
    return Mustache.compiler()
        .withCollector(new SlotsOnly())
        .withFormatter(slot -> ((Slot) slot).written())
        .withEscaper(escaping.escaper());
  }

  /**
   * The missing values in a part of the text and in its sections that depend on an unknown value.
   */
  private static final class Branch {

    private final Set<String> missing = new LinkedHashSet<>();
    private final Map<String, Branch> withValue = new LinkedHashMap<>();
    private final Map<String, Branch> withoutValue = new HashMap<>();

    Set<String> missing() {
      Set<String> certain = new LinkedHashSet<>(missing);
      withValue.forEach(
          (name, branch) -> {
            Set<String> inBoth = branch.missing();
            inBoth.retainAll(withoutValue.getOrDefault(name, new Branch()).missing());
            certain.addAll(inBoth);
          });
      return certain;
    }
  }

  /** One placeholder in one row. Sections query it, and variables write it. */
  private record Slot(Placeholder placeholder, Filling row) implements Mustache.InvertibleLambda {

    boolean isFilled() {
      return row.filledByName.containsKey(placeholder.name());
    }

    boolean isUnknown() {
      return row.unknown.contains(placeholder.name());
    }

    String written() {
      String value = row.filledByName.get(placeholder.name());
      if (value != null) {
        return value;
      }
      if (placeholder.otherwise() != null) {
        return placeholder.otherwise();
      }
      if (!isUnknown()) {
        row.branch.missing.add(placeholder.name());
      }
      return "";
    }

    @Override
    public void execute(Template.Fragment section, Writer out) {
      execute(section, out, row.branch.withValue);
    }

    @Override
    public void executeInverse(Template.Fragment section, Writer out) {
      execute(section, out, row.branch.withoutValue);
    }

    private void execute(Template.Fragment section, Writer out, Map<String, Branch> branches) {
      Branch outer = row.branch;
      row.branch = branches.computeIfAbsent(placeholder.name(), name -> new Branch());
      section.execute(out);
      row.branch = outer;
    }
  }

  private static final class SlotsOnly implements Mustache.Collector {

    /**
     * A section gets a list with one element or none, so that its content sees the row instead of
     * the value. If this returns null, the engine asks the slot itself.
     */
    @Override
    public @Nullable Iterator<?> toIterator(Object value) {
      Slot slot = (Slot) value;
      if (slot.isUnknown()) {
        return null;
      }
      return slot.isFilled() ? List.of(slot.row()).iterator() : Collections.emptyIterator();
    }

    @Override
    public Mustache.VariableFetcher createFetcher(Object row, String tag) {
      Placeholder placeholder = Placeholder.of(tag);
      return (one, same) -> new Slot(placeholder, (Filling) one);
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
      return new ConcurrentHashMap<>();
    }
  }
}
