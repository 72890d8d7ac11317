package io.github.smartleadbulk.cli;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the program against a {@link FakeSmartlead} with so many accounts. */
abstract class AgainstFakeSmartlead {

  @TempDir Path home;

  TestProgram program;
  FakeSmartlead api;
  private final int accounts;

  AgainstFakeSmartlead(int accounts) {
    this.accounts = accounts;
  }

  @BeforeEach
  final void startApi() throws IOException {
    program = new TestProgram(home);
    api = FakeSmartlead.start(accounts);
  }

  @AfterEach
  final void closeApi() {
    api.close();
  }

  final Ended run(String... arguments) {
    return api.run(program, arguments);
  }

  final Ended run(List<String> command, String... more) {
    return run(Stream.concat(command.stream(), Stream.of(more)).toArray(String[]::new));
  }
}
