package io.github.smartleadbulk.guard;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.HeapShare;
import io.github.smartleadbulk.account.RowProblem;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.file.Fingerprint;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowMessages;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.template.TextLint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Checks the texts that rows set, each text once, and reports likely mistakes, each kind with its
 * rows.
 */
public final class TextCheck {

  /** The most warnings for one text. {@code preview} shows all warnings for a signature. */
  private static final int WARNINGS_TOLD = 5;

  /**
   * How many texts to remember with their warnings, at about 2 kB each: a million rows must not
   * fill the memory.
   */
  private static final long REMEMBERED = HeapShare.BYTES / 2_000;

  private static final Pattern WARNING =
      Pattern.compile("(?s)(?:line [0-9]+: )?found (.*?), expected (.*)");

  private final RowMessages messages;
  private final Map<ByteBuffer, List<RowProblem>> warningsByText = new LeastRecentlyUsed();
  private long rows;

  /**
   * Creates a check that has seen no rows.
   *
   * @param messages receives the warnings
   */
  public TextCheck(RowMessages messages) {
    this.messages = messages;
  }

  /** Adds what the row sets, as far as it is known without its account. */
  public void add(InputRow row) {
    add(row, texts(row));
  }

  /** Adds what the row will set, where that was not known without its account. */
  public void addSent(InputRow row, Map<AccountField, SettingValue> sent) {
    Map<AccountField, SettingValue> later = new EnumMap<>(AccountField.class);
    later.putAll(sent);
    later.keySet().removeAll(texts(row).keySet());
    add(row, later);
  }

  private static Map<AccountField, SettingValue> texts(InputRow row) {
    return row.verdict() instanceof RowVerdict.Valid valid ? valid.valuesByField() : Map.of();
  }

  private void add(InputRow row, Map<AccountField, SettingValue> valuesByField) {
    List<RowProblem> found = new ArrayList<>();
    valuesByField.forEach(
        (field, value) -> {
          if (value instanceof SettingValue.Text text) {
            found.addAll(
                warningsByText.computeIfAbsent(
                    key(field, text.value()), key -> found(field, text.value())));
          }
        });
    if (!found.isEmpty()) {
      rows++;
      messages.add(row.row().line(), row.account(), found);
    }
  }

  /** The number of rows that set a text with warnings. */
  public long rows() {
    return rows;
  }

  /** Call after the last row. */
  public void end() {
    messages.end();
  }

  private static List<RowProblem> found(AccountField field, String text) {
    List<String> warnings = TextLint.check(field, text);
    List<RowProblem> found = new ArrayList<>();
    for (String warning : warnings.subList(0, Math.min(WARNINGS_TOLD, warnings.size()))) {
      Matcher parts = WARNING.matcher(warning);
      found.add(
          parts.matches()
              ? new RowProblem(field.apiName(), parts.group(1), parts.group(2), warning)
              : new RowProblem(field.apiName(), "", "", warning));
    }
    int more = warnings.size() - WARNINGS_TOLD;
    if (more > 0) {
      found.add(new RowProblem(field.apiName(), "", "", "and " + more + " more"));
    }
    return found;
  }

  private static ByteBuffer key(AccountField field, String text) {
    return ByteBuffer.wrap(
        Fingerprint.sha256().digest((field + text).getBytes(StandardCharsets.UTF_8)));
  }

  private static final class LeastRecentlyUsed extends LinkedHashMap<ByteBuffer, List<RowProblem>> {

    private static final long serialVersionUID = 1L;

    LeastRecentlyUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<ByteBuffer, List<RowProblem>> eldest) {
      return size() > REMEMBERED;
    }
  }
}
