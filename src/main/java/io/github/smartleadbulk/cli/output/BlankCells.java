package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.cli.process.StandardError;
import java.util.List;

/** Tells the user which values an export leaves blank. Thread-safe. */
public final class BlankCells {

  /** How many are listed one by one. */
  private static final int TOLD = 20;

  private final StandardError messages;
  private long cells;

  public BlankCells(StandardError messages) {
    this.messages = messages;
  }

  public synchronized void add(List<String> problems) {
    for (String problem : problems) {
      if (++cells <= TOLD) {
        messages.alert(problem);
      }
    }
  }

  /** Call after the last account. */
  public synchronized void end() {
    if (cells > TOLD) {
      messages.alert(
          Amount.of(cells - TOLD, "more value") + " left blank, because a cell cannot hold it");
    }
  }
}
