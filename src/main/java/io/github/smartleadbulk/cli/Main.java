package io.github.smartleadbulk.cli;

/** Starts the program. */
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(new Program(Surroundings.ofProcess()).run(args));
  }
}
