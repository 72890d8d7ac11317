package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.template.SignatureLint;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the signatures that rows set, each text once, and tells what would look wrong in a mail:
 * each such thing with the first row that has it.
 */
public final class SignatureCheck {

  private static final int TOLD = 20;

  /** Of one signature; {@code preview} shows the others. */
  private static final int WARNINGS_TOLD = 5;

  /** Texts whose warnings are remembered: a million rows must not fill the memory. */
  private static final int REMEMBERED = 10_000;

  private final Consumer<String> warnings;
  private final Map<ByteBuffer, String> warningsByText = new LeastRecentlyUsed();
  private final Set<String> told = new HashSet<>();
  private long rows;

  /**
   * A check without rows so far.
   *
   * @param warnings told at once, each with its line
   */
  public SignatureCheck(Consumer<String> warnings) {
    this.warnings = warnings;
  }

  /** What the row sets as far as it is known without its account. */
  public void add(InputRow row) {
    SettingValue signature = signature(row);
    if (signature != null) {
      add(row.row().line(), signature.toString());
    }
  }

  /** What the row is going to set, where that was not known without its account. */
  void add(InputRow row, PlannedRow.ToSend planned) {
    SettingValue signature = planned.update().valuesByField().get(AccountField.SIGNATURE);
    if (signature != null && signature(row) == null) {
      add(row.row().line(), signature.toString());
    }
  }

  private static @Nullable SettingValue signature(InputRow row) {
    return row.verdict() instanceof RowVerdict.Valid valid
        ? valid.valuesByField().get(AccountField.SIGNATURE)
        : null;
  }

  private void add(long line, String html) {
    String found = warningsByText.computeIfAbsent(key(html), text -> found(html));
    if (found.isEmpty()) {
      return;
    }
    rows++;
    if (told.size() < TOLD && told.add(found)) {
      warnings.accept("line " + line + ": signature: " + found);
    }
  }

  /** How many rows set a signature with warnings. */
  public long rows() {
    return rows;
  }

  /** Refuses the run where rows set such a signature and that is not to be put up with. */
  void refuseIfStrict(RunContext context) {
    context.refuseIfStrict(rows, "set a signature with warnings");
  }

  /** To be called behind the last row: says how many rows were not told. */
  public void end() {
    long more = rows - told.size();
    if (more > 0) {
      warnings.accept(
          more + (more == 1 ? " more row sets" : " more rows set") + " a signature with warnings");
    }
  }

  private static String found(String html) {
    List<String> found = SignatureLint.check(html);
    int more = found.size() - WARNINGS_TOLD;
    String first = String.join("; ", found.subList(0, Math.min(WARNINGS_TOLD, found.size())));
    return more > 0 ? first + "; and " + more + " more" : first;
  }

  private static ByteBuffer key(String html) {
    try {
      return ByteBuffer.wrap(
          MessageDigest.getInstance("SHA-256").digest(html.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static final class LeastRecentlyUsed extends LinkedHashMap<ByteBuffer, String> {

    private static final long serialVersionUID = 1L;

    LeastRecentlyUsed() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<ByteBuffer, String> eldest) {
      return size() > REMEMBERED;
    }
  }
}
