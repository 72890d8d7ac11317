package io.github.smartleadbulk.cli.doctor;

import io.github.smartleadbulk.cli.option.SettingsDefaults;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Checks Java, and the settings that do not depend on a command. */
public final class MachineCheck {

  private static final String JAVA = "java";
  private static final String SETTINGS = "settings";

  private static final long MEGABYTE = 1 << 20;

  /** A million rows run in this heap. The JVM reports a little less than {@code -Xmx}. */
  private static final long ENOUGH_HEAP = 60 * MEGABYTE;

  private MachineCheck() {}

  public static List<Finding> java() {
    long heap = Runtime.getRuntime().maxMemory();
    String found =
        String.format(
            Locale.ROOT,
            "Java %s (%s) on %s %s, heap of %,d MB",
            System.getProperty("java.version"),
            System.getProperty("java.vendor"),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            heap / MEGABYTE);
    return List.of(
        heap < ENOUGH_HEAP
            ? Finding.warning(JAVA, found, "Set JAVA_OPTS=-Xmx64m or more: large files need it.")
            : Finding.ok(JAVA, found));
  }

  public static List<Finding> settings(SettingsDefaults settings, ProcessEnvironment environment) {
    List<Finding> findings = new ArrayList<>();
    Path file = settings.file();
    String profile = settings.profile() == null ? "" : ", with the profile " + settings.profile();
    findings.add(
        Finding.ok(
            SETTINGS, file + (Files.exists(file) ? "" : " does not exist: defaults") + profile));
    for (String unknown : settings.unknownVariables()) {
      findings.add(Finding.warning(SETTINGS, unknown, "Correct its name, or unset it."));
    }
    return findings;
  }
}
