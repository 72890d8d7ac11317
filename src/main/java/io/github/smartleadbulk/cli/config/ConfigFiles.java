package io.github.smartleadbulk.cli.config;

import io.github.smartleadbulk.cli.process.Places;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.run.FaultMessages;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The config file, and over it the file of a profile.
 *
 * @param main the config file, which need not exist
 * @param profile the name of the profile; null for none
 * @param base the folder that relative paths in the files are relative to
 * @param lineByName what counts: the line of the profile, or else that of the config file
 */
public record ConfigFiles(
    Path main, @Nullable String profile, Path base, Map<String, ConfigLine> lineByName) {

  private static final String ENDING = ".properties";

  /** No file: all settings have their defaults. */
  public static ConfigFiles none(ProcessEnvironment environment) {
    Path file = environment.places().checkoutConfig();
    return new ConfigFiles(file, null, environment.places().home(), Map.of());
  }

  /**
   * Reads the files.
   *
   * @throws ConfigException if a file that the user chose is missing, or a file cannot be read
   */
  public static ConfigFiles read(ProcessEnvironment environment, ConfigChoice choice) {
    Path main = main(environment, choice);
    Places places = environment.places();
    Path base =
        !places.installed() && main.equals(places.checkoutConfig())
            ? places.home()
            : main.toAbsolutePath().getParent();
    Map<String, ConfigLine> lines = new TreeMap<>(lines(main));
    String profile = choice.profile();
    if (profile != null) {
      Path over = main.resolveSibling(profile + ENDING);
      if (over.equals(main) || !Files.exists(over)) {
        throw new ConfigException(missing(profile, main));
      }
      lines.putAll(lines(over));
    }
    return new ConfigFiles(
        main, profile, base == null ? places.home() : base, Collections.unmodifiableMap(lines));
  }

  private static Path main(ProcessEnvironment environment, ConfigChoice choice) {
    if (choice.file() != null) {
      Path file = environment.resolve(choice.file());
      if (!Files.isRegularFile(file)) {
        throw new ConfigException(
            "the config file %s %s. Check %s and %s."
                .formatted(
                    file,
                    Files.exists(file) ? "is not a file" : "does not exist",
                    ConfigChoice.CONFIG,
                    ConfigChoice.FILE_VARIABLE));
      }
      return file;
    }
    Places places = environment.places();
    Path user = places.userConfig();
    return user != null && (places.installed() || Files.exists(user))
        ? user
        : places.checkoutConfig();
  }

  private static String missing(String profile, Path main) {
    List<String> there = profiles(main);
    return "there is no profile %s: %s does not exist. %s"
        .formatted(
            profile,
            main.resolveSibling(profile + ENDING),
            there.isEmpty()
                ? "There are no profiles yet."
                : "The profiles are " + String.join(", ", there) + ".");
  }

  /** The names of the profiles next to a config file. */
  private static List<String> profiles(Path main) {
    List<String> names = new ArrayList<>();
    Path folder = main.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      return names;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (!name.equals(String.valueOf(main.getFileName()))) {
          names.add(name.substring(0, name.length() - ENDING.length()));
        }
      }
    } catch (IOException e) {
      throw new ConfigException(folder + " cannot be read: " + FaultMessages.of(e));
    }
    Collections.sort(names);
    return names;
  }

  /**
   * The lines of a file; none if there is no such file.
   *
   * @throws ConfigException if the file cannot be read
   */
  public static Map<String, ConfigLine> lines(Path file) {
    try {
      // Notepad starts files with a byte order mark.
      return ConfigLine.read(file, Files.readString(file).replaceFirst("^\uFEFF", ""));
    } catch (NoSuchFileException e) {
      return Map.of();
    } catch (IOException | IllegalArgumentException e) {
      throw new ConfigException(file + " cannot be read: " + FaultMessages.of(e));
    }
  }

  public Set<String> names() {
    return lineByName.keySet();
  }

  public Optional<ConfigLine> find(String name) {
    return Optional.ofNullable(lineByName.get(name));
  }

  /** Whether the file of the profile sets a name. */
  public boolean isOfProfile(String name) {
    return find(name).filter(line -> !line.file().equals(main)).isPresent();
  }
}
