package io.github.smartleadbulk.client;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** All that is logged, printed or, by the test itself, noted while a test runs. */
final class Overheard extends Handler implements BeforeEachCallback, AfterEachCallback {

  private final Queue<String> said = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Logger root = Logger.getLogger("");
  private final Level level = root.getLevel();

  @Override
  public void beforeEach(ExtensionContext context) {
    PrintStream all = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(all);
    System.setErr(all);
    setLevel(Level.ALL);
    root.addHandler(this);
    root.setLevel(Level.ALL);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.setOut(out);
    System.setErr(err);
    root.removeHandler(this);
    root.setLevel(level);
  }

  void note(Object text) {
    said.add(text.toString());
  }

  Queue<String> said() {
    return said;
  }

  String all() {
    return String.join("\n", said) + printed.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void publish(LogRecord record) {
    Object[] parameters = record.getParameters();
    note(record.getMessage() + List.of(parameters == null ? new Object[0] : parameters));
    for (Throwable t = record.getThrown(); t != null; t = t.getCause()) {
      note(t);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
