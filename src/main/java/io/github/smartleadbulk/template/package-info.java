/**
 * Texts that are filled per row, and what can be said about a signature before anybody gets it in a
 * mail. Start at {@link io.github.smartleadbulk.template.Template}. Text in, text out: no files, no
 * network. May use {@code account}, and is the only package that knows JMustache and jsoup.
 */
@NullMarked
package io.github.smartleadbulk.template;

import org.jspecify.annotations.NullMarked;
