package io.github.smartleadbulk.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, which get their surroundings through the constructor, and what picocli needs. */
record ProgramFactory(Surroundings surroundings) implements IFactory {

  @Override
  public <K> K create(Class<K> type) throws Exception {
    return Subcommand.class.isAssignableFrom(type)
        ? type.getDeclaredConstructor(Surroundings.class).newInstance(surroundings)
        : CommandLine.defaultFactory().create(type);
  }
}
