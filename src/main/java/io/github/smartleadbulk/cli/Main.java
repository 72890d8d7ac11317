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
      // Without a stack trace: whoever waits for the thread finds out what is to be done.
      Thread.setDefaultUncaughtExceptionHandler(
          (thread, failure) -> environment.err().println("error: " + FaultMessages.words(failure)));
      code = new Program(environment).run(args);
    } finally {
      // Whatever happens: a JVM that dies of an Error by itself ends with 1.
      System.exit(code);
    }
  }
}
