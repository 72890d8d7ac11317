/** The embedded database in the state folder, its lock, and what can go wrong with them. */
@NullMarked
package io.github.smartleadbulk.store;

import org.jspecify.annotations.NullMarked;
