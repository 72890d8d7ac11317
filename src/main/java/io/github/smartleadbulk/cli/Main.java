package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.run.ExitCode;
import io.github.smartleadbulk.run.FaultMessages;

/** Starts the program. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    int code = ExitCode.FAULT.code();
    try {
      ProcessEnvironment environment = ProcessEnvironment.ofProcess();
      // Prints no stack trace, because the code that waits for the thread handles the failure.
      Thread.setDefaultUncaughtExceptionHandler(
          (thread, failure) -> environment.err().println("error: " + FaultMessages.words(failure)));
      code = new Program(environment).run(args);
    } finally {
      // Catches everything, because a JVM that dies of an Error ends with 1.
      System.exit(code);
    }
  }
}
