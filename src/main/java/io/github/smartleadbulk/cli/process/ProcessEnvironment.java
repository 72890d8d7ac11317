package io.github.smartleadbulk.cli.process;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.run.Invocation;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The environment of the process.
 *
 * @param variables value by name of variable
 * @param places where config and state are by default
 * @param directory the folder that relative file arguments are relative to
 * @param inIsTerminal whether somebody can answer on standard input
 * @param errColumns width of the terminal on standard error; 0 if there is no terminal
 * @param errRows height of this terminal; 0 if it is not known
 */
public record ProcessEnvironment(
    Map<String, String> variables,
    Places places,
    Path directory,
    InputStream in,
    boolean inIsTerminal,
    PrintStream out,
    PrintStream err,
    int errColumns,
    int errRows,
    Clock clock) {

  /** A terminal on standard error gets live lines below its messages. */
  public ProcessEnvironment {
    err = errColumns > 0 ? new LiveStream(err) : err;
  }

  /**
   * The environment of a process without a terminal, or with one of unknown height.
   *
   * @param home the checkout
   */
  public ProcessEnvironment(
      Map<String, String> variables,
      Path home,
      Path directory,
      InputStream in,
      PrintStream out,
      PrintStream err,
      int errColumns,
      Clock clock) {
    this(
        variables,
        Places.ofCheckout(home, variables),
        directory,
        in,
        false,
        out,
        err,
        errColumns,
        0,
        clock);
  }

  public static ProcessEnvironment ofProcess() {
    Path directory = Path.of("").toAbsolutePath();
    Path home = Path.of(System.getProperty("smartlead.home", directory.toString()));
    Map<String, String> variables = variablesOfProcess();
    return new ProcessEnvironment(
        variables,
        Boolean.getBoolean("smartlead.installed")
            ? Places.ofInstallation(home, variables)
            : Places.ofCheckout(home, variables),
        directory,
        System.in,
        // Only the shell can check standard input and standard error by themselves.
        Boolean.getBoolean("smartlead.in.terminal"),
        utf8(FileDescriptor.out),
        utf8(FileDescriptor.err),
        Integer.getInteger("smartlead.err.columns", 0),
        Integer.getInteger("smartlead.err.rows", 0),
        Clock.systemUTC());
  }

  /**
   * A service may start without {@code HOME}, but the system knows the user's home. A user whom the
   * system does not know, as in a container, has what Debian calls the home of those who have none:
   * it does not exist.
   */
  private static Map<String, String> variablesOfProcess() {
    Map<String, String> variables = new HashMap<>(System.getenv());
    if (variables.getOrDefault("HOME", "").isBlank()) {
      String home = System.getProperty("user.home", "");
      variables.put("HOME", new File(home).isAbsolute() ? home : "/nonexistent");
    }
    return Map.copyOf(variables);
  }

  /**
   * The environment of a command that another one executes: nobody can answer, and no line is live.
   *
   * @param hidden a variable that was meant for the other command only
   */
  public ProcessEnvironment unattended(String hidden) {
    Map<String, String> rest = new HashMap<>(variables);
    rest.remove(hidden);
    return new ProcessEnvironment(
        Map.copyOf(rest),
        places,
        directory,
        InputStream.nullInputStream(),
        false,
        out,
        err,
        0,
        0,
        clock);
  }

  /**
   * UTF-8 in every locale, because reports contain names and cells that are not ASCII, and cron
   * sets LANG=C.
   */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }

  /** The name of this process among those of several machines. */
  public String processName() {
    long process = ProcessHandle.current().pid();
    try {
      return InetAddress.getLocalHost().getHostName() + "-" + process;
    } catch (UnknownHostException e) {
      return "unknown-" + process;
    }
  }

  /** How the user called the program, as a shell reads it. */
  public String program() {
    return Invocation.quoted(variables.getOrDefault("SMARTLEAD_PROGRAM", "./run.sh"));
  }

  /** Standard output for text. {@link #out} is for bytes that a program reads. */
  public PrintStream text() {
    return new PlainOutput(out);
  }

  public boolean errIsTerminal() {
    return errColumns > 0;
  }

  /** Whether a question can be asked and answered. */
  public boolean canAsk() {
    return inIsTerminal && errIsTerminal();
  }

  /** Whether standard error is a terminal that understands escape sequences. */
  public boolean errTakesEscapes() {
    return errIsTerminal() && !variables.getOrDefault("TERM", "").equals("dumb");
  }

  /**
   * Shows lines below all messages, instead of those that are shown now.
   *
   * @param lines not wider than the terminal; none to show nothing
   * @param columns the present width of the terminal
   */
  public void showLive(List<String> lines, int columns) {
    if (err instanceof LiveStream terminal) {
      terminal.show(lines.stream().map(Cells::printable).toList(), columns);
    }
  }

  /** Asks a question on standard error. No answer means no. */
  public boolean agrees(String question) {
    err.print(question);
    err.flush();
    try {
      StringBuilder line = new StringBuilder();
      for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        line.append((char) c);
      }
      return line.toString().strip().toLowerCase(Locale.ROOT).matches("y|yes");
    } catch (IOException e) {
      return false;
    }
  }

  /** Resolves a file argument against the current folder. */
  public Path resolve(String file) {
    return directory.resolve(file).normalize();
  }
}
