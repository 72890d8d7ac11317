/**
 * The APIs that a command calls: workspaces with their keys, and the embedded sandbox.
 *
 * <p>Start at {@link io.github.smartleadbulk.cli.target.Workspaces} and {@link
 * io.github.smartleadbulk.cli.target.Target}. This package reads the keys. What a workspace can set
 * belongs in {@code cli.option}. May use {@code cli.option}, {@code cli.process} and what is below
 * {@code cli}.
 */
@NullMarked
package io.github.smartleadbulk.cli.target;

import org.jspecify.annotations.NullMarked;
