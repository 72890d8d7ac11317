/**
 * Measures how fast the program is, and compares it: {@code ./mvnw -Pbench verify}. Start at {@link
 * io.github.smartleadbulk.bench.Benchmarks}.
 */
@NullMarked
package io.github.smartleadbulk.bench;

import org.jspecify.annotations.NullMarked;
