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
 * One row on its way through the engine. The engine sees nothing else: with the objects themselves,
 * it would call their methods ({@code {{first_name.length}}}).
 */
final class Filling {

  private final Map<String, String> filledByName = new HashMap<>();
  private final Set<String> unknown;
  private Branch branch = new Branch();

  /**
   * @param unknown normalised names of values that may exist or not
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

  /** Names of the placeholders that were written and had no value, whatever is unknown. */
  Set<String> missing() {
    return branch.missing();
  }

  static Mustache.Compiler compiler(Escaping escaping) {
    return Mustache.compiler()
        .withCollector(new SlotsOnly())
        .withFormatter(slot -> ((Slot) slot).written())
        .withEscaper(escaping.escaper);
  }

  /** What is missing in a part of the text, and in the sections that an unknown value decides. */
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

  /** The place of one placeholder in one row: asked for by sections, written by variables. */
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
     * A section is a list of one or none, so that its inside sees the row and not the value. With
     * null, the engine asks the slot itself.
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
