package io.github.smartleadbulk.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a run sends its calls and writes its results.
 *
 * @param target base URL, or {@code sandbox} for the embedded one
 * @param keyHash identifies the key
 * @param results where {@code results.csv} goes (for a plan, {@code plan.csv}); null for the run's
 *     folder
 */
public record RunPlace(String target, String keyHash, @Nullable Path results) {}
