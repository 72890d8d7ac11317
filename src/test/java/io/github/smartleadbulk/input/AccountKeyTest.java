package io.github.smartleadbulk.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.AccountRow;
import io.github.smartleadbulk.account.WorkspaceNames;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AccountKeyTest {

  @Test
  void theIdCountsMoreThanTheAddress() {
    assertThat(key(5L, null)).isEqualTo(5);
    assertThat(key(5L, "anna@example.com")).isEqualTo(5);
    assertThat(key(null, null)).isEqualTo(AccountKey.NONE);
  }

  /** A run that was begun by one process is gone on with by another. */
  @Test
  void keysOfAddressesAreKept() {
    assertThat(key(null, "anna@example.com")).isEqualTo(-8164278126542568944L);
    assertThat(key(null, "Jürgen@example.com")).isEqualTo(-6016047967019647549L);
  }

  @Test
  void letterCaseDoesNotCount() {
    assertThat(key(null, "JÜRGEN@Example.COM")).isEqualTo(key(null, "jürgen@example.com"));
  }

  @Test
  void addressesThatAreMuchAlikeHaveKeysOfTheirOwn() {
    assertThat(
            IntStream.range(0, 300_000)
                .mapToObj(i -> "m" + i % 550 + "@mail" + i / 550 + ".example.com")
                .mapToLong(address -> key(null, address))
                .filter(key -> key < 0)
                .distinct())
        .hasSize(300_000);
  }

  private static long key(Long id, String address) {
    AccountRow row = new AccountRow(1, 2, List.of());
    return AccountKey.of(
        new InputRow(row, new RowVerdict.Nothing(), id, address, WorkspaceNames.DEFAULT));
  }
}
