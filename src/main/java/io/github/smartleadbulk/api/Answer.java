package io.github.smartleadbulk.api;

import io.github.smartleadbulk.account.Account;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The final answer for a row or a page. {@code attempts} counts the calls that were made for it,
 * except calls that were rate-limited (429).
 */
public sealed interface Answer {

  /** The server has confirmed the change. */
  record Accepted(int httpStatus, int attempts) implements Answer {}

  /**
   * A page of the account list.
   *
   * @param rows number of rows on the page, including rows that cannot be used
   * @param total number of accounts in the whole list; null if the answer does not say
   */
  record Listed(List<Account> accounts, int rows, @Nullable Long total) implements Answer {
    public Listed {
      accounts = List.copyOf(accounts);
    }

    public Listed(List<Account> accounts, int rows) {
      this(accounts, rows, null);
    }
  }

  /** The page has too many bytes to read at once. A page with fewer rows may work. */
  record TooLarge() implements Answer {}

  /**
   * The server refused the request, or no attempt succeeded.
   *
   * @param perhapsApplied whether an attempt got no answer, or only one from a gateway, so that the
   *     server may still have applied it
   */
  record Failed(@Nullable Integer httpStatus, int attempts, String message, boolean perhapsApplied)
      implements Answer {

    public Failed(@Nullable Integer httpStatus, int attempts, String message) {
      this(httpStatus, attempts, message, false);
    }
  }

  /** An update that may have been applied: the last answer is missing or cannot be read. */
  record Uncertain(@Nullable Integer httpStatus, int attempts, String message) implements Answer {}

  /**
   * The client stopped before there was a final answer: the request was not sent, or waited for
   * another attempt. It stays open, and a resumed run sends it again.
   */
  record Undecided() implements Answer {}
}
