package io.github.smartleadbulk.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlacesTest {

  private static final Path HOME = Path.of("/opt/smartlead-bulk");

  private static Places linux(boolean installed, Map<String, String> variables) {
    return Places.of(HOME, installed, false, variables);
  }

  private static Places windows(Map<String, String> variables) {
    return Places.of(HOME, true, true, variables);
  }

  @Test
  void aCheckoutKeepsItsState() {
    Places places = linux(false, Map.of("HOME", "/home/ann", "XDG_STATE_HOME", "/state"));

    assertThat(places.state()).isEqualTo(HOME.resolve("var"));
    assertThat(places.userConfig())
        .isEqualTo(Path.of("/home/ann/.config/smartlead-bulk/config.properties"));
  }

  @Test
  void anInstallationKeepsItsStateInTheHomeOfTheUser() {
    Places places = linux(true, Map.of("HOME", "/home/ann"));

    assertThat(places.state()).isEqualTo(Path.of("/home/ann/.local/state/smartlead-bulk"));
  }

  @Test
  void theVariablesOfTheSpecificationCount() {
    Places places =
        linux(
            true,
            Map.of("HOME", "/home/ann", "XDG_STATE_HOME", "/state", "XDG_CONFIG_HOME", "/config"));

    assertThat(places.state()).isEqualTo(Path.of("/state/smartlead-bulk"));
    assertThat(places.userConfig()).isEqualTo(Path.of("/config/smartlead-bulk/config.properties"));
  }

  @Test
  void aRelativePathInAVariableIsIgnored() {
    Places places = linux(true, Map.of("HOME", "/home/ann", "XDG_STATE_HOME", "state"));

    assertThat(places.state()).isEqualTo(Path.of("/home/ann/.local/state/smartlead-bulk"));
  }

  @Test
  void windowsHasFoldersForBoth() {
    Places places =
        windows(Map.of("HOME", "/home/ann", "APPDATA", "/roaming", "LOCALAPPDATA", "/local"));

    assertThat(places.state()).isEqualTo(Path.of("/local/smartlead-bulk"));
    assertThat(places.userConfig()).isEqualTo(Path.of("/roaming/smartlead-bulk/config.properties"));
  }

  @Test
  void withoutAHomeTheFolderOfTheProgramIsLeft() {
    assertThat(linux(true, Map.of())).isEqualTo(new Places(HOME, true, null, HOME.resolve("var")));
    assertThat(windows(Map.of())).isEqualTo(new Places(HOME, true, null, HOME.resolve("var")));
  }
}
