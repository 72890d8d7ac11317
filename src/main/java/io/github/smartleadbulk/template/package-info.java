/**
 * Texts with placeholders, and warnings about signatures before they go out in mail.
 *
 * <p>Start at {@link io.github.smartleadbulk.template.Template}. Text in, text out: which value a
 * placeholder stands for belongs in {@code fill}. May use {@code account}, and is the only package
 * that uses JMustache and jsoup.
 */
@NullMarked
package io.github.smartleadbulk.template;

import org.jspecify.annotations.NullMarked;
