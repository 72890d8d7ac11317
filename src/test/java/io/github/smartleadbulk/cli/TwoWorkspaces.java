package io.github.smartleadbulk.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the program with the workspaces acme and globex, each with a key and a server. */
abstract class TwoWorkspaces {

  @TempDir Path home;

  TestProgram program;
  FakeSmartlead acme;
  FakeSmartlead globex;

  @BeforeEach
  final void startServers() throws IOException {
    acme = FakeSmartlead.start(3);
    globex = FakeSmartlead.start(3);
    program = new TestProgram(home);
    program.withConfig(
        "rate = unlimited",
        "workspace.acme.api-key-file = acme.key",
        "workspace.acme.base-url = " + acme.url,
        "workspace.globex.api-key-file = globex.key",
        "workspace.globex.base-url = " + globex.url);
    for (String name : new String[] {"acme", "globex"}) {
      Files.setPosixFilePermissions(
          program.file(name + ".key", "key-of-" + name),
          PosixFilePermissions.fromString("rw-------"));
    }
  }

  @AfterEach
  final void closeServers() {
    acme.close();
    globex.close();
  }
}
