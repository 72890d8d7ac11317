package io.github.smartleadbulk.cli.process;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the program finds its config file and keeps its state.
 *
 * @param home the checkout, or the folder of the installation
 * @param installed whether it is an installation, whose folder is not for files of users
 * @param userConfig the config file of the user, which need not exist; null if the user has no home
 * @param state the default state folder, which need not exist
 */
public record Places(Path home, boolean installed, @Nullable Path userConfig, Path state) {

  private static final String FOLDER = "smartlead-bulk";

  /** The places of a checkout. */
  public static Places ofCheckout(Path home, Map<String, String> variables) {
    return of(home, false, isWindows(), variables);
  }

  /** The places of an installation. */
  public static Places ofInstallation(Path home, Map<String, String> variables) {
    return of(home, true, isWindows(), variables);
  }

  /**
   * Follows the habits of the system: the XDG base directories, or the folders for application data
   * of Windows.
   */
  static Places of(Path home, boolean installed, boolean windows, Map<String, String> variables) {
    Path config =
        windows
            ? folder(variables, "APPDATA", null)
            : folder(variables, "XDG_CONFIG_HOME", ".config");
    Path state =
        windows
            ? folder(variables, "LOCALAPPDATA", null)
            : folder(variables, "XDG_STATE_HOME", ".local/state");
    return new Places(
        home,
        installed,
        config == null ? null : config.resolve("config.properties"),
        installed && state != null ? state : home.resolve("var"));
  }

  /**
   * Our folder in the one that a variable names. The XDG specification says to ignore a relative
   * path.
   *
   * @param usual the folder in the user's home if the variable is not set; null for none
   */
  private static @Nullable Path folder(
      Map<String, String> variables, String variable, @Nullable String usual) {
    String named = variables.getOrDefault(variable, "");
    if (!named.isBlank() && Path.of(named).isAbsolute()) {
      return Path.of(named, FOLDER);
    }
    String user = variables.getOrDefault("HOME", "");
    return usual == null || user.isBlank() ? null : Path.of(user, usual, FOLDER);
  }

  /** The config file of a checkout. */
  public Path checkoutConfig() {
    return home.resolve("config").resolve(FOLDER + ".properties");
  }

  public static boolean isWindows() {
    return System.getProperty("os.name", "").startsWith("Windows");
  }
}
