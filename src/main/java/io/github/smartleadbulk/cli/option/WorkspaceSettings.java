package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.ColumnName;
import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.cli.config.ConfigFiles;
import io.github.smartleadbulk.cli.config.ConfigLine;
import io.github.smartleadbulk.cli.config.ShownSetting;
import io.github.smartleadbulk.guard.Share;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.StoredGuards;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/**
 * The workspaces in the config file: lines such as {@code workspace.acme.rate = pro}. All values
 * are valid.
 *
 * @param file the config file
 * @param base the folder that relative paths are relative to
 * @param valueBySettingByName the settings of each workspace, by its name as the file writes it
 */
public record WorkspaceSettings(
    Path file, Path base, Map<String, Map<String, String>> valueBySettingByName) {

  static final String PREFIX = "workspace.";

  public static final String API_KEY_FILE = "api-key-file";
  public static final String BASE_URL = "base-url";
  static final String RATE = "rate";
  static final String RESERVE = "reserve";
  static final String MAX_ATTEMPTS = "max-attempts";
  static final String TIMEOUT = "timeout";
  static final String MAX_OUTAGE = "max-outage";
  static final String CONCURRENCY = "concurrency";

  private static final URI LOOPBACK = URI.create("http://127.0.0.1");
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final Map<String, Consumer<String>> CHECK_BY_SETTING =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(API_KEY_FILE, WorkspaceSettings::checkPath),
              Map.entry(BASE_URL, text -> checkClient(url(text), 1, SECOND, 0, SECOND)),
              Map.entry(RATE, RateWindow::parseAll),
              Map.entry(RESERVE, text -> RateOptions.checkReserve(number(text))),
              Map.entry(
                  MAX_ATTEMPTS, text -> checkClient(LOOPBACK, number(text), SECOND, 0, SECOND)),
              Map.entry(
                  TIMEOUT, text -> checkClient(LOOPBACK, 1, Durations.parse(text), 0, SECOND)),
              Map.entry(
                  CONCURRENCY, text -> checkClient(LOOPBACK, 1, SECOND, number(text), SECOND)),
              Map.entry(
                  MAX_OUTAGE, text -> checkClient(LOOPBACK, 1, SECOND, 0, Durations.parse(text))),
              Map.entry(StoredGuards.MAX_CHANGES, Share::parse),
              Map.entry(StoredGuards.MAX_INCREASE, Share::parse),
              Map.entry(StoredGuards.MAX_FAILURES, Share::parse),
              Map.entry(StoredGuards.CANARY, text -> GuardOptions.checkCanary(number(text)))));

  /**
   * Reads the workspaces in the config file and the profile.
   *
   * @throws UsageException if a name, a setting or a value is not valid
   */
  static WorkspaceSettings of(ConfigFiles files) {
    Map<String, Map<String, String>> all = new TreeMap<>();
    Map<String, String> nameByLowerCase = new TreeMap<>();
    for (Map.Entry<String, ConfigLine> entry : files.lineByName().entrySet()) {
      String key = entry.getKey();
      if (!key.startsWith(PREFIX)) {
        continue;
      }
      try {
        String[] parts = key.substring(PREFIX.length()).split("\\.", 2);
        checkName(parts[0], nameByLowerCase);
        String setting = parts.length == 1 ? "" : parts[1];
        Consumer<String> check = findCheck(setting, key);
        Map<String, String> own = all.computeIfAbsent(parts[0], name -> new TreeMap<>());
        String value = entry.getValue().value().strip();
        if (!value.isEmpty()) {
          check.accept(value);
          own.put(setting, value);
        }
      } catch (IllegalArgumentException | TypeConversionException e) {
        throw new UsageException(
            "%s: %s: %s".formatted(entry.getValue().place(), key, FaultMessages.of(e)));
      }
    }
    return new WorkspaceSettings(files.main(), files.base(), all);
  }

  private static void checkName(String name, Map<String, String> nameByLowerCase) {
    if (name.equalsIgnoreCase(WorkspaceNames.DEFAULT)) {
      throw new IllegalArgumentException(
          "the settings of the workspace %s have no prefix: write rate instead of workspace.%s.rate"
              .formatted(WorkspaceNames.DEFAULT, name));
    }
    if (!WorkspaceNames.isPossible(name)) {
      throw new IllegalArgumentException(
          "found the workspace name %s, expected %s"
              .formatted(Cells.shown(name), WorkspaceNames.POSSIBLE));
    }
    String other = nameByLowerCase.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
    if (other != null && !other.equals(name)) {
      throw new IllegalArgumentException(
          "another line has the workspace name %s, which differs only in case: use one spelling, or two different names"
              .formatted(other));
    }
  }

  private static Consumer<String> findCheck(String setting, String key) {
    if (setting.equals("api-key")) {
      throw new IllegalArgumentException(
          "the key does not belong in this file; name a file that holds it with %s-file"
              .formatted(key));
    }
    Consumer<String> check = CHECK_BY_SETTING.get(setting);
    if (check == null) {
      throw new IllegalArgumentException(
          "no such setting of a workspace%s; the settings are %s"
              .formatted(
                  nearest(setting, CHECK_BY_SETTING.keySet())
                      .map(" (did you mean %s?)"::formatted)
                      .orElse(""),
                  CHECK_BY_SETTING.keySet()));
    }
    return check;
  }

  /** The name that was most likely meant; empty if no name is similar. */
  static Optional<String> nearest(String text, Set<String> names) {
    Map<String, String> nameByNormalized =
        names.stream()
            .collect(Collectors.toMap(ColumnName::normalized, name -> name, (one, other) -> one));
    return ColumnName.nearest(ColumnName.normalized(text), nameByNormalized.keySet())
        .map(nameByNormalized::get);
  }

  private static void checkPath(String text) {
    var unused = Path.of(text);
  }

  private static URI url(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "found %s, expected a URL such as %s"
              .formatted(Cells.shown(ShownSetting.maskedUrl(text)), ApiOptions.SMARTLEAD),
          e);
    }
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "found %s, expected a whole number".formatted(Cells.shown(text)), e);
    }
  }

  /** The client decides which values it accepts. */
  private static void checkClient(
      URI url, int maxAttempts, Duration timeout, int concurrency, Duration maxOutage) {
    var unused =
        new ClientSettings(
            url, ApiKey.of("any"), List.of(), maxAttempts, timeout, "any", concurrency, maxOutage);
  }

  /** The names of the workspaces that have settings. */
  public Set<String> names() {
    return valueBySettingByName.keySet();
  }

  /** The value of a setting that the workspace has of its own. */
  public Optional<String> find(String name, String setting) {
    return Optional.ofNullable(valueBySettingByName.getOrDefault(name, Map.of()).get(setting));
  }

  /** The key file of a workspace, as the file names it, by its place. */
  public Optional<Map.Entry<Path, String>> keyFile(String name) {
    return find(name, API_KEY_FILE).map(named -> Map.entry(base.resolve(named).normalize(), named));
  }

  /** The guards that workspaces have of their own, as a run keeps them. */
  public StoredGuards storedGuards() {
    Map<String, String> guards = new TreeMap<>();
    valueBySettingByName.forEach(
        (name, valueBySetting) ->
            valueBySetting.forEach(
                (setting, value) -> {
                  if (StoredGuards.OF_ONE_WORKSPACE.contains(setting)) {
                    guards.put(StoredGuards.ofWorkspace(name, setting), value);
                  }
                }));
    return new StoredGuards(guards);
  }

  /** What to write in the file so that the workspace has a key. */
  public String lineToAdd(String name) {
    return "%s%s.%s = PATH to %s".formatted(PREFIX, name, API_KEY_FILE, file);
  }
}
