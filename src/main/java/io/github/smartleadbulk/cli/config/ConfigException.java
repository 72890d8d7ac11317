package io.github.smartleadbulk.cli.config;

/** A config file that was chosen is missing, or cannot be read. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1;

  ConfigException(String message) {
    super(message);
  }
}
