/**
 * What is posted when a run has ended.
 *
 * <p>Start at {@link io.github.smartleadbulk.notify.WebhookNotifier}. Does not hold whether to
 * post, and what a failure means ({@code cli}). May use {@code run}, {@code result}, {@code api},
 * {@code account}.
 */
@NullMarked
package io.github.smartleadbulk.notify;

import org.jspecify.annotations.NullMarked;
