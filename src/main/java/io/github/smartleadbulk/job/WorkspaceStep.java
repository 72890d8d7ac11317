package io.github.smartleadbulk.job;

import java.util.function.Function;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * The step of a partition: makes the step of the partition's workspace and executes it.
 *
 * @param step makes the step of a workspace
 */
record WorkspaceStep(String name, RunContext context, Function<OpenWorkspace, Step> step)
    implements Step {

  /** Names the workspace in the execution context of a partition. */
  private static final String PLACE = "workspace";

  /** What the partition of a workspace must know. */
  static ExecutionContext partition(OpenWorkspace workspace) {
    ExecutionContext partition = new ExecutionContext();
    partition.putInt(PLACE, workspace.place());
    return partition;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean isAllowStartIfComplete() {
    return true;
  }

  @Override
  public void execute(StepExecution execution) throws JobInterruptedException {
    int place = execution.getExecutionContext().getInt(PLACE);
    step.apply(context.workspaces().get(place)).execute(execution);
  }
}
