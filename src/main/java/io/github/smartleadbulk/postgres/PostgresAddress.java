package io.github.smartleadbulk.postgres;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * Where the database is, and as whom to connect.
 *
 * @param url without a password
 * @param password null if the driver finds it in the password file of PostgreSQL ({@code
 *     PGPASSFILE}), or if there is none
 */
public record PostgresAddress(String url, @Nullable String password) {

  private static final String SCHEME = "jdbc:postgresql:";

  private static final Pattern PASSWORD =
      Pattern.compile("[?&](?:ssl)?password=", Pattern.CASE_INSENSITIVE);

  /** A host or a database. Other characters are between them and what does not belong there. */
  private static final Pattern NAME = Pattern.compile("[^@;=&?]+");

  /**
   * Checks an address.
   *
   * @throws IllegalArgumentException if it is no address of a database, or has a password in it
   */
  public static PostgresAddress of(String url, @Nullable String password) {
    if (!url.startsWith(SCHEME)) {
      throw new IllegalArgumentException("it must begin with " + SCHEME + "//");
    }
    Properties parts = Driver.parseURL(url, null);
    if (parts == null) {
      throw new IllegalArgumentException("expected " + SCHEME + "//HOST/DATABASE");
    }
    // The driver's own parser adds the password of the password file.
    if (PASSWORD.matcher(URLDecoder.decode(url, StandardCharsets.UTF_8)).find()) {
      throw new IllegalArgumentException("it must not contain the password");
    }
    if (!NAME.matcher(String.valueOf(PGProperty.PG_HOST.getOrDefault(parts))).matches()
        || !NAME.matcher(String.valueOf(PGProperty.PG_DBNAME.getOrDefault(parts))).matches()) {
      // The driver takes "USER:PASSWORD@HOST" for a host.
      throw new IllegalArgumentException("expected " + SCHEME + "//HOST/DATABASE?user=NAME");
    }
    return new PostgresAddress(url, password);
  }

  /**
   * Reads a password file: its first line is the password.
   *
   * @throws IllegalArgumentException if the line is empty
   */
  public static String readPassword(Path file) throws IOException {
    String content = Files.readString(file);
    String line = content.lines().findFirst().orElse("").strip();
    if (line.isEmpty()) {
      throw new IllegalArgumentException(file + " is empty");
    }
    return line;
  }

  /** Host, port unless it is the usual one, and database, for messages and folder names. */
  public String shown() {
    Properties parts = Driver.parseURL(url, null);
    String host = PGProperty.PG_HOST.getOrDefault(parts);
    String port = PGProperty.PG_PORT.getOrDefault(parts);
    return host
        + (PGProperty.PG_PORT.getDefaultValue().equals(port) ? "" : ":" + port)
        + "/"
        + PGProperty.PG_DBNAME.getOrDefault(parts);
  }

  /** The properties of a connection. */
  Properties properties() {
    Properties properties = new Properties();
    if (password != null) {
      PGProperty.PASSWORD.set(properties, password);
    }
    return properties;
  }

  /** Without the password. */
  @Override
  public String toString() {
    return shown();
  }
}
