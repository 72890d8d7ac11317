/**
 * Posts a notice when a run has ended.
 *
 * <p>Start at {@link io.github.smartleadbulk.notify.WebhookNotifier}. Whether to post, and what to
 * do when posting fails, is decided in {@code cli}. May use {@code run}, {@code result}, {@code
 * api} and {@code account}.
 */
@NullMarked
package io.github.smartleadbulk.notify;

import org.jspecify.annotations.NullMarked;
