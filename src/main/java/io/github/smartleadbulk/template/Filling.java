package io.github.smartleadbulk.template;

import com.samskivert.mustache.Mustache;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ColumnName;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One row on its way through the engine. The engine sees nothing else: left to itself it would call
 * methods of the objects that it is given ({@code {{first_name.length}}}).
 */
final class Filling {

  private final Map<String, String> filledByName = new HashMap<>();
  private final Set<String> missing = new LinkedHashSet<>();

  Filling(Map<String, String> valuesByName) {
    valuesByName.forEach(
        (name, value) -> {
          if (!Cells.isBlank(value)) {
            filledByName.put(ColumnName.normalized(name), value);
          }
        });
  }

  /** Names of the placeholders that were written and had no value. */
  Set<String> missing() {
    return missing;
  }

  static Mustache.Compiler compiler(Escaping escaping) {
    return Mustache.compiler()
        .withCollector(new SlotsOnly())
        .withFormatter(slot -> ((Slot) slot).written())
        .withEscaper(escaping.escaper);
  }

  /** The place of one placeholder in one row: asked for by sections, written by variables. */
  private record Slot(Placeholder placeholder, Filling row) {

    boolean isFilled() {
      return row.filledByName.containsKey(placeholder.name());
    }

    String written() {
      String value = row.filledByName.get(placeholder.name());
      if (value != null) {
        return value;
      }
      if (placeholder.otherwise() != null) {
        return placeholder.otherwise();
      }
      row.missing.add(placeholder.name());
      return "";
    }
  }

  private static final class SlotsOnly implements Mustache.Collector {

    /** A section is a list of one or none. Its inside sees the row again, not the value. */
    @Override
    public Iterator<?> toIterator(Object value) {
      Slot slot = (Slot) value;
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
