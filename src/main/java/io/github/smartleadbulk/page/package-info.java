/**
 * HTML pages for people who do not read CSV. Each page is one file, loads nothing, and runs only
 * its own script.
 *
 * <p>Start with {@link io.github.smartleadbulk.page.Page}. JMustache fills the templates and
 * escapes every value. JFreeChart draws the charts. A page is written row by row. A note says what
 * was left out because the page would become too large.
 */
@NullMarked
package io.github.smartleadbulk.page;

import org.jspecify.annotations.NullMarked;
