package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/**
 * Makes commands, which get their environment through the constructor, and other objects for
 * picocli.
 */
record CommandFactory(ProcessEnvironment environment) implements IFactory {

  @Override
  public <K> K create(Class<K> type) throws Exception {
    return Subcommand.class.isAssignableFrom(type)
        ? type.getDeclaredConstructor(ProcessEnvironment.class).newInstance(environment)
        : CommandLine.defaultFactory().create(type);
  }
}
