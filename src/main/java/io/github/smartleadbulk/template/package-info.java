/**
 * Texts with placeholders, and warnings about signatures before they are sent.
 *
 * <p>Start at {@link io.github.smartleadbulk.template.Template}. This package turns text into text;
 * {@code fill} finds the values of placeholders. May use {@code account}, and is the only package
 * that uses JMustache and jsoup.
 */
@NullMarked
package io.github.smartleadbulk.template;

import org.jspecify.annotations.NullMarked;
