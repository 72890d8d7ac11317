package io.github.smartleadbulk.cli.config;

import io.github.smartleadbulk.postgres.PostgresAddress;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;

/**
 * A setting as {@code config show} shows it. The value of a secret is masked.
 *
 * @param value as it counts; null for none
 * @param source what set it
 * @param place the variable, or the file; null for an option and a default
 * @param line in the file, from 1; null if no file set it
 */
public record ShownSetting(
    String name,
    @Nullable String value,
    Source source,
    @Nullable String place,
    @Nullable Integer line) {

  /** What can set a value, from the strongest to the weakest. */
  public enum Source {
    OPTION,
    VARIABLE,
    PROFILE,
    FILE,
    DEFAULT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final String MASKED = "****";

  public static ShownSetting ofOption(String name, String value) {
    return new ShownSetting(name, masked(name, value), Source.OPTION, null, null);
  }

  public static ShownSetting ofVariable(String name, String value, String variable) {
    return new ShownSetting(name, masked(name, value), Source.VARIABLE, variable, null);
  }

  public static ShownSetting ofSecret(String name, String variable) {
    return new ShownSetting(name, MASKED, Source.VARIABLE, variable, null);
  }

  public static ShownSetting ofLine(
      String name, String value, ConfigLine line, boolean isOfProfile) {
    return new ShownSetting(
        name,
        masked(name, value),
        isOfProfile ? Source.PROFILE : Source.FILE,
        line.file().toString(),
        line.number());
  }

  public static ShownSetting ofDefault(String name, @Nullable String value) {
    return new ShownSetting(name, value, Source.DEFAULT, null, null);
  }

  /** Whoever knows the URL of a webhook can post to it, and an address can have a password. */
  private static String masked(String name, String value) {
    try {
      return switch (name.substring(name.lastIndexOf('.') + 1)) {
        case "notify" -> WebhookUrl.parse(value) + "/" + MASKED;
        case "state-url" -> PostgresAddress.of(value, null).shown();
        case "base-url" -> maskedUrl(value);
        default -> value;
      };
    } catch (IllegalArgumentException | TypeConversionException e) {
      // What cannot be read can have a secret anywhere.
      return MASKED;
    }
  }

  /** A URL, or what was meant as one, without what can be a password in it. */
  public static String maskedUrl(String value) {
    return value
        .replaceFirst("(?is)^(https?://)?.*@", "$1" + MASKED + "@")
        .replaceFirst("(?s)[?#].*", "?" + MASKED);
  }

  /** Where the value comes from, for people. */
  public String from() {
    return switch (source) {
      case OPTION -> "option";
      case VARIABLE -> "variable " + place;
      case PROFILE, FILE -> place + ", line " + line;
      case DEFAULT -> "default";
    };
  }
}
