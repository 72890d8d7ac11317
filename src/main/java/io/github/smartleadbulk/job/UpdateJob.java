package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.RowOutcome;
import io.github.smartleadbulk.client.AccountListWalk;
import io.github.smartleadbulk.guard.Deadline;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.FlowBuilder;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.flow.Flow;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.TaskExecutorJobOperator;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.partition.StepExecutionAggregator;
import org.springframework.batch.core.partition.support.DefaultStepExecutionAggregator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Isolation;

/**
 * The job of a run. {@link #job} lists its steps in order; each step is a method below it.
 *
 * <p>The job is assembled by hand, because an application context with its post-processors would
 * take a tenth of a short run to make four objects.
 */
final class UpdateJob {

  /** Account lists read at once take a thread and a connection of the database each. */
  private static final int CONNECTIONS_FOR_A_LIST = 5;

  /** How many rows and accounts can be read again in half a second. */
  private static final long MUCH = 50_000;

  /**
   * The steps wait: rows are sent whether or not the step of their workspace has a thread. Only a
   * workspace whose accounts are read late needs one, and perhaps two connections.
   */
  private static final double CONNECTIONS_FOR_A_STEP = 2.5;

  private final RunContext context;
  private final AtomicBoolean addressesFound = new AtomicBoolean();
  private final CheckTasklet check;

  /** The account lists that this process has begun to read, by the places of their workspaces. */
  private final Map<Integer, ReadList> listByPlace = new ConcurrentHashMap<>();

  private record ReadList(SnapshotItemReader reader, RunSnapshot snapshot) {}

  private final PlatformTransactionManager transactions;
  private final JobRepository repository;
  private final ClockCheck clocks;
  private final @Nullable Deadline deadline;

  UpdateJob(RunContext context) {
    this.context = context;
    this.transactions = new JdbcTransactionManager(context.store().dataSource());
    this.repository = repository(context.store().dataSource());
    this.clocks = new ClockCheck(context);
    this.deadline = context.deadline();
    this.check = new CheckTasklet(context, addressesFound, deadline);
  }

  /** Executes the rest of the run, until its end or until it is stopped. */
  JobExecution execute() throws JobExecutionException, IOException {
    JobParameters parameters = JobNames.parameters(context.run());
    Optional<JobExecution> completed =
        new Recovery(repository, context.jobName()).recover(parameters);
    if (completed.isPresent()) {
      return completed.get();
    }
    if (deadline != null && !context.prepared().run().spec().isPlan()) {
      context.workspaces().forEach(workspace -> workspace.client().limit(deadline));
    }
    try (InputParts input = new InputParts(context, workspace -> true);
        RowSenders senders = new RowSenders(context, input, context.workspaces())) {
      JobExecution execution = operator().start(job(input, senders), parameters);
      if (execution.getStatus() == BatchStatus.COMPLETED) {
        // A run that read no account before sending has not compared the clocks yet.
        context.workspaces().forEach(clocks::tell);
      }
      return execution;
    }
  }

  private Job job(InputParts input, RowSenders senders) {
    FlowBuilder<Flow> steps =
        new FlowBuilder<Flow>(context.jobName()).start(inspect()).next(snapshot(input));
    JobBuilder job = new JobBuilder(context.jobName(), repository);
    return context.prepared().run().spec().isPlan()
        ? job.start(steps.next(plan()).build()).end().build()
        : job.start(steps.next(check()).next(sendAndWrite(senders)).next(report()).build())
            .end()
            .build();
  }

  /** Sends rows and writes the lines of those that have ended, side by side. */
  private Flow sendAndWrite(RowSenders senders) {
    return new FlowBuilder<Flow>("send-and-write")
        .split(threads("step-", 2))
        .add(flow(update(senders)), flow(results(senders)))
        .build();
  }

  private static Flow flow(Step step) {
    return new FlowBuilder<Flow>(step.getName()).start(step).build();
  }

  /** Reads the whole input before any call. */
  private Step inspect() {
    return step(JobNames.INSPECT)
        .tasklet(
            (contribution, chunk) -> {
              new InputInspection(context).inspect();
              return RepeatStatus.FINISHED;
            })
        .build();
  }

  /** Reads the present values of the accounts, of all workspaces at once. */
  private Step snapshot(InputParts input) {
    return partitioned(
        JobNames.SNAPSHOT,
        name -> new WorkspaceStep(name, context, workspace -> snapshot(name, input, workspace)),
        context.store().connections() / CONNECTIONS_FOR_A_LIST,
        this::aggregateUsable);
  }

  private Step snapshot(String name, InputParts input, OpenWorkspace workspace) {
    RunSnapshot snapshot = new RunSnapshot(context, input, addressesFound, workspace);
    SnapshotItemReader reader = new SnapshotItemReader(context, workspace, snapshot, clocks);
    listByPlace.put(workspace.place(), new ReadList(reader, snapshot));
    // A page of the list is one item: it is written before the next page is requested.
    return this.<AccountListWalk.Step>chunks(name, 1)
        .reader(reader)
        .writer(snapshot)
        // A run that is resumed later may have to read the accounts again.
        .allowStartIfComplete(true)
        .build();
  }

  /** Shows what an update would change. */
  private Step plan() {
    return step(JobNames.PLAN).tasklet(new PlanTasklet(context, addressesFound, deadline)).build();
  }

  /** Lets the guards check the remaining rows, and asks the user. */
  private Step check() {
    return step(JobNames.CHECK)
        .tasklet(check)
        .listener(
            new StepExecutionListener() {
              @Override
              public void beforeStep(StepExecution check) {
                checkpoint();
              }
            })
        // A resumed run may have other guards.
        .allowStartIfComplete(true)
        .build();
  }

  /**
   * Saves the database if the data read so far would take long to read again, because the journal
   * does not contain it. Not in a tasklet, which holds a connection.
   */
  private void checkpoint() {
    if (context.rows() + context.progress().accountsRead() > MUCH) {
      context.store().checkpoint();
    }
  }

  /** Sends the rows of all workspaces at once. */
  private Step update(RowSenders senders) {
    return partitioned(
        JobNames.UPDATE,
        name ->
            new WorkspaceStep(
                name,
                context,
                workspace ->
                    step(name)
                        .tasklet((step, chunk) -> send(senders, workspace, step))
                        // After a kill here, a restart verifies results.csv again.
                        .allowStartIfComplete(true)
                        .build()),
        (int) (context.store().connections() / CONNECTIONS_FOR_A_STEP),
        new DefaultStepExecutionAggregator());
  }

  /**
   * Waits until a workspace has no more rows to send. The senders do the work, whether or not this
   * step has a thread yet.
   */
  private RepeatStatus send(
      RowSenders senders, OpenWorkspace workspace, StepContribution contribution) throws Exception {
    senders.start();
    senders.checkFailure();
    if (workspace.isLate()) {
      startLate(senders, workspace);
    }
    RowSender sender = senders.of(workspace);
    boolean isComplete = sender.done().get();
    StepExecution step = contribution.getStepExecution();
    step.setReadCount(sender.started());
    step.setWriteCount(sender.recorded());
    senders.checkFailure();
    if (!isComplete) {
      // Otherwise the step would end as completed, although rows are missing.
      step.setTerminateOnly();
    }
    return RepeatStatus.FINISHED;
  }

  /** Reads the accounts of a workspace for which the others did not wait, and starts to send. */
  private void startLate(RowSenders senders, OpenWorkspace workspace) throws Exception {
    try {
      ReadList list = Objects.requireNonNull(listByPlace.get(workspace.place()));
      for (AccountListWalk.Step page = list.reader().read();
          page != null;
          page = list.reader().read()) {
        list.snapshot().write(Chunk.of(page));
      }
      if (!workspace.isStopped()) {
        check.checkLate(workspace);
      }
    } catch (Exception | Error e) {
      // Nobody must wait for rows that are not sent.
      senders.fail(e);
      throw e;
    } finally {
      senders.startLate(workspace);
    }
  }

  /** The run continues if a workspace can be used: what stops one must not stop the others. */
  private void aggregateUsable(StepExecution result, Collection<StepExecution> executions) {
    new DefaultStepExecutionAggregator().aggregate(result, executions);
    if (result.getStatus() == BatchStatus.STOPPED && !context.isStopped()) {
      result.setStatus(BatchStatus.COMPLETED);
      result.setExitStatus(ExitStatus.COMPLETED);
    }
  }

  /** Writes the lines of the rows, in the order of the input. */
  private Step results(RowSenders senders) {
    ResultsItemWriter results = new ResultsItemWriter(context);
    return this.<RowOutcome>chunks(JobNames.RESULTS, context.chunkSize())
        .transactionManager(transactions)
        .reader(new OutcomeItemReader(context, senders, results))
        .writer(results)
        .allowStartIfComplete(true)
        .build();
  }

  /** Writes the files that are made from the outcomes. */
  private Step report() {
    return step(JobNames.REPORT).tasklet(new ReportTasklet(context)).build();
  }

  /**
   * A step with a partition for each workspace.
   *
   * @param most how many partitions are at work at once
   */
  private Step partitioned(
      String name, Function<String, Step> worker, int most, StepExecutionAggregator aggregator) {
    int workspaces = context.workspaces().size();
    return step(name)
        .partitioner(name, gridSize -> partitions())
        .step(worker.apply(name))
        .gridSize(workspaces)
        .taskExecutor(threads(name + "-", Math.min(workspaces, most)))
        .aggregator(aggregator)
        .allowStartIfComplete(true)
        .build();
  }

  private static TaskExecutor threads(String prefix, int most) {
    SimpleAsyncTaskExecutor threads = new SimpleAsyncTaskExecutor(prefix);
    threads.setDaemon(true);
    threads.setConcurrencyLimit(most);
    return threads;
  }

  private Map<String, ExecutionContext> partitions() {
    return context.workspaces().stream()
        .collect(Collectors.toMap(OpenWorkspace::name, WorkspaceStep::partition));
  }

  /** Spring Batch holds no transaction across a step unless it is told to. */
  private StepBuilder step(String name) {
    return new StepBuilder(name, repository);
  }

  private <T> ChunkOrientedStepBuilder<T, T> chunks(String name, int size) {
    return step(name)
        .<T, T>chunk(size)
        // An interrupt must not end the step as completed while items are missing.
        .interruptionPolicy(
            execution -> {
              if (Thread.currentThread().isInterrupted()) {
                execution.setTerminateOnly();
              }
            });
  }

  /** Spring Batch's record of jobs. */
  static JobRepository repository(DataSource database) {
    JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
    factory.setDataSource(database);
    factory.setTransactionManager(new JdbcTransactionManager(database));
    // Every run has a job of its own, so nobody else creates the same.
    factory.setIsolationLevelForCreateEnum(Isolation.READ_COMMITTED);
    try {
      factory.afterPropertiesSet();
      return factory.getObject();
    } catch (Exception e) {
      throw new IllegalStateException("Spring Batch cannot be set up", e);
    }
  }

  private JobOperator operator() {
    TaskExecutorJobOperator operator = new TaskExecutorJobOperator();
    operator.setJobRepository(repository);
    operator.setJobRegistry(new MapJobRegistry());
    try {
      operator.afterPropertiesSet();
      return operator;
    } catch (Exception e) {
      throw new IllegalStateException("Spring Batch cannot be set up", e);
    }
  }
}
