package io.github.smartleadbulk.cli.target;

import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.RateWindow;
import io.github.smartleadbulk.account.RowProblem;
import io.github.smartleadbulk.account.TableRow;
import io.github.smartleadbulk.api.ApiKey;
import io.github.smartleadbulk.cli.option.UsageException;
import io.github.smartleadbulk.input.TableFile;
import io.github.smartleadbulk.sandbox.SandboxKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The CSV file with the keys of a sandbox. A message never shows a key, because somebody may try
 * the sandbox with real ones.
 */
public final class KeysFile {

  private static final String KEY = "key";
  private static final String ACCOUNTS = "accounts";
  private static final String RATE = "rate";
  private static final String NAME = "name";

  /** The columns. Only the first must be there. */
  static final List<String> COLUMNS = List.of(KEY, ACCOUNTS, RATE, NAME);

  /** How many problems the message lists. */
  private static final int TOLD = 50;

  private final int usualAccounts;
  private final List<RateWindow> usualWindows;
  private final List<SandboxKey> keys = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Map<String, Long> linesByKey = new HashMap<>();
  private final Map<String, Long> linesByName = new HashMap<>();

  private KeysFile(int usualAccounts, List<RateWindow> usualWindows) {
    this.usualAccounts = usualAccounts;
    this.usualWindows = usualWindows;
  }

  /**
   * Reads the file.
   *
   * @param name the name of the file in messages
   * @param usualAccounts for keys whose number of accounts is blank
   * @param usualWindows for keys whose rate is blank
   * @throws UsageException if the file has problems; the message lists them
   */
  public static List<SandboxKey> read(
      Path file, String name, int usualAccounts, List<RateWindow> usualWindows) throws IOException {
    TableFile table = TableFile.openOwn(file, name, COLUMNS);
    if (!table.columns().contains(KEY)) {
      throw new UsageException(name + ": found no column key, expected a column with the API keys");
    }
    KeysFile reading = new KeysFile(usualAccounts, usualWindows);
    table.forEach(reading::add);
    if (!reading.problems.isEmpty()) {
      throw new UsageException(reading.told(name));
    }
    if (reading.keys.isEmpty()) {
      throw new UsageException(name + ": found no rows, expected at least one row with an API key");
    }
    return reading.keys;
  }

  private void add(TableRow row) {
    if (!row.problems().isEmpty()) {
      row.problems().forEach(problem -> add(row, problem));
      return;
    }
    if (row.cellsByColumn().values().stream().allMatch(Cells::isBlank)) {
      return;
    }
    int before = problems.size();
    String key = key(row);
    String name = name(row);
    int accounts = accounts(row);
    List<RateWindow> windows = windows(row);
    if (problems.size() == before) {
      keys.add(new SandboxKey(key, name, accounts, windows));
    }
  }

  private String key(TableRow row) {
    String cell = cell(row, KEY);
    if (cell.isEmpty()) {
      add(row, new RowProblem(KEY, "a blank cell", "an API key"));
      return "";
    }
    try {
      String key = ApiKey.of(cell).secret();
      Long line = linesByKey.putIfAbsent(key, row.line());
      if (line != null) {
        add(row, new RowProblem(KEY, "the key of line " + line, "another key"));
      }
      return key;
    } catch (IllegalArgumentException e) {
      add(row, KEY + ": " + e.getMessage());
      return "";
    }
  }

  /** Keys without a name are told apart by their place. */
  private String name(TableRow row) {
    String name = cell(row, NAME);
    if (name.isEmpty()) {
      name = "key " + row.number();
    }
    Long line = linesByName.putIfAbsent(name, row.line());
    if (line != null) {
      String found = Cells.shown(name) + ", the name of the key in line " + line;
      add(row, new RowProblem(NAME, found, "another name"));
    }
    return name;
  }

  private int accounts(TableRow row) {
    String cell = cell(row, ACCOUNTS);
    if (cell.isEmpty()) {
      return usualAccounts;
    }
    Long accounts = Cells.parseWhole(cell, 1);
    if (accounts == null || accounts > SandboxKey.MOST_ACCOUNTS) {
      String expected = "a whole number from 1 to " + SandboxKey.MOST_ACCOUNTS;
      add(row, new RowProblem(ACCOUNTS, Cells.shown(cell), expected + Cells.numberHint(cell)));
      return 1;
    }
    return accounts.intValue();
  }

  private List<RateWindow> windows(TableRow row) {
    String cell = cell(row, RATE);
    try {
      return cell.isEmpty() ? usualWindows : RateWindow.parseAll(cell);
    } catch (IllegalArgumentException e) {
      add(row, RATE + ": " + e.getMessage());
      return usualWindows;
    }
  }

  private static String cell(TableRow row, String column) {
    return Cells.stripped(row.cellsByColumn().getOrDefault(column, ""));
  }

  private void add(TableRow row, RowProblem problem) {
    add(row, problem.toString());
  }

  private void add(TableRow row, String problem) {
    problems.add("line " + row.line() + ": " + problem);
  }

  private String told(String name) {
    StringBuilder told = new StringBuilder(name).append(": the keys cannot be used");
    problems.stream().limit(TOLD).forEach(problem -> told.append("\n  ").append(problem));
    if (problems.size() > TOLD) {
      told.append("\n  and ").append(problems.size() - TOLD).append(" more");
    }
    return told.toString();
  }
}
