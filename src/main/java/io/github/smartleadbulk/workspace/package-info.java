/**
 * Workspaces: API keys with their targets and limits. Start with {@link
 * io.github.smartleadbulk.workspace.Workspace}. What is called with them is in {@code client}.
 */
@NullMarked
package io.github.smartleadbulk.workspace;

import org.jspecify.annotations.NullMarked;
