package io.github.smartleadbulk.page;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.SettingValue;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The daily limits of the accounts that change, before and after. */
final class LimitHistogram {

  private static final int MOST_BARS = 25;

  /** Real limits are small. A wrong one must not use up the memory. */
  private static final long HIGHEST = 100_000;

  private final TreeMap<Long, Long> accountsBefore = new TreeMap<>();
  private final TreeMap<Long, Long> accountsAfter = new TreeMap<>();
  private long totalBefore;
  private long totalAfter;
  private long accounts;

  /** Counts the daily limit of an account if both its values are known. */
  void add(Changes changes) {
    if (changes.before().get(AccountField.MAX_EMAIL_PER_DAY) instanceof SettingValue.Whole before
        && changes.after().get(AccountField.MAX_EMAIL_PER_DAY)
            instanceof SettingValue.Whole after) {
      accounts++;
      totalBefore += before.value();
      totalAfter += after.value();
      accountsBefore.merge(Math.min(before.value(), HIGHEST), 1L, Long::sum);
      accountsAfter.merge(Math.min(after.value(), HIGHEST), 1L, Long::sum);
    }
  }

  public boolean isEmpty() {
    return accounts == 0;
  }

  public String accounts() {
    return Figures.number(accounts, "account");
  }

  public String before() {
    return Figures.number(totalBefore);
  }

  public String after() {
    return Figures.number(totalAfter);
  }

  long added() {
    return totalAfter - totalBefore;
  }

  /** Limits in ranges of equal width, to keep the number of bars small. */
  public @Nullable Chart chart() {
    if (isEmpty()) {
      return null;
    }
    long highest = Math.max(accountsBefore.lastKey(), accountsAfter.lastKey());
    long lowest = Math.min(accountsBefore.firstKey(), accountsAfter.firstKey());
    long width = (highest - lowest) / MOST_BARS + 1;
    List<String> names = new ArrayList<>();
    List<Long> before = new ArrayList<>();
    List<Long> after = new ArrayList<>();
    for (long from = lowest; from <= highest; from += width) {
      long to = from + width - 1;
      names.add(
          width == 1 ? Figures.number(from) : Figures.number(from) + "–" + Figures.number(to));
      before.add(sum(accountsBefore, from, to));
      after.add(sum(accountsAfter, from, to));
    }
    return new Chart(
        "Daily limits of the accounts that change",
        "Daily limit",
        names,
        "accounts",
        List.of(
            new Chart.Series("Before", Chart.Form.BAR, before),
            new Chart.Series("After", Chart.Form.BAR, after)));
  }

  private static long sum(NavigableMap<Long, Long> accountsByLimit, long from, long to) {
    return accountsByLimit.subMap(from, true, to, true).values().stream()
        .mapToLong(Long::longValue)
        .sum();
  }
}
