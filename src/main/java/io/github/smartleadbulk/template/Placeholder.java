package io.github.smartleadbulk.template;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ColumnName;
import org.jspecify.annotations.Nullable;

/**
 * The content of a tag: {@code first_name}, or {@code First Name | there}.
 *
 * @param name the normalised name
 * @param otherwise the text for a row without a value; null if the row must have one
 */
record Placeholder(String name, @Nullable String otherwise) {

  static Placeholder of(String tag) {
    int bar = tag.indexOf('|');
    return bar < 0
        ? new Placeholder(ColumnName.normalized(tag), null)
        : new Placeholder(
            ColumnName.normalized(tag.substring(0, bar)), Cells.stripped(tag.substring(bar + 1)));
  }
}
