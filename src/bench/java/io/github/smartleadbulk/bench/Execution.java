package io.github.smartleadbulk.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A process, from its start to its end.
 *
 * @param cpuSeconds of all its threads, as last seen before its end
 * @param peakMebibytes resident; 0 where the system does not tell
 * @param mostThreads at once; 0 where the system does not tell
 */
record Execution(
    Instant started,
    double seconds,
    double cpuSeconds,
    int exitCode,
    long peakMebibytes,
    long mostThreads) {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  /** The command for a class of the benchmarks in a JVM like ours. */
  static List<String> java(String option, Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(JAVA, option, "-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Whether a command is there and succeeds. */
  static boolean works(String... command) throws InterruptedException {
    try {
      return of(List.of(command), Map.of(), pid -> false).exitCode() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  static Execution of(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Execution execution = of(command, environment, pid -> false);
    if (execution.exitCode() != 0) {
      throw new IllegalStateException(
          command + " ended with " + execution.exitCode() + ": " + Files.readString(LOG));
    }
    return execution;
  }

  /** Says when a process is to be killed. */
  interface Kill {
    boolean isDue(long pid) throws IOException;
  }

  private static final Path LOG = Path.of("target", "bench.log");

  static Execution of(List<String> command, Map<String, String> environment, Kill kill)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(LOG.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("SMARTLEAD_"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Instant started = Instant.now();
    long start = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    long threads = 0;
    Duration cpu = Duration.ZERO;
    while (!process.waitFor(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, status(process.pid(), "VmHWM:") / 1024);
      threads = Math.max(threads, status(process.pid(), "Threads:"));
      cpu = process.info().totalCpuDuration().orElse(cpu);
      if (kill.isDue(process.pid())) {
        process.destroyForcibly();
      }
    }
    return new Execution(
        started,
        (System.nanoTime() - start) / 1e9,
        cpu.toMillis() / 1e3,
        process.exitValue(),
        peak,
        threads);
  }

  private static long status(long pid, String name) {
    try {
      return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
          .filter(line -> line.startsWith(name))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findAny()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
