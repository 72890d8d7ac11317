package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, which get their surroundings through the constructor, and what picocli needs. */
record CommandFactory(ProcessEnvironment surroundings) implements IFactory {

  @Override
  public <K> K create(Class<K> type) throws Exception {
    return Subcommand.class.isAssignableFrom(type)
        ? type.getDeclaredConstructor(ProcessEnvironment.class).newInstance(surroundings)
        : CommandLine.defaultFactory().create(type);
  }
}
