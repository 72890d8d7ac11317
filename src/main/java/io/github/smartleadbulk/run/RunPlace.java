package io.github.smartleadbulk.run;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a run sends its calls and writes its results.
 *
 * @param target base URL, or {@code sandbox} for the embedded one
 * @param keyHash identifies the API key
 * @param results path of {@code results.csv} (for a plan, {@code plan.csv}); null for the run
 *     folder
 */
public record RunPlace(String target, String keyHash, @Nullable Path results) {}
