/**
 * What several machines share through a PostgreSQL server: sessions with their locks, journals,
 * files and permits. It does not know what the records mean.
 */
@NullMarked
package io.github.smartleadbulk.postgres;

import org.jspecify.annotations.NullMarked;
