package io.github.smartleadbulk.run;

import io.github.smartleadbulk.workspace.WorkspaceSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a run sends its calls and writes its results.
 *
 * @param workspaces opens the workspaces of the rows
 * @param results path of {@code results.csv} (for a plan, {@code plan.csv}); null for the run
 *     folder
 */
public record RunPlace(WorkspaceSource workspaces, @Nullable Path results) {}
