/**
 * HTML pages for people who do not read CSV: one file each, which loads nothing and runs no script
 * but its own.
 *
 * <p>Start with {@link io.github.smartleadbulk.page.Page}. The templates beside it are filled by
 * JMustache, which escapes every value; the charts come from JFreeChart. A page is written row by
 * row, and what would make it too large is left out with a note.
 */
@NullMarked
package io.github.smartleadbulk.page;

import org.jspecify.annotations.NullMarked;
