package io.github.smartleadbulk.api;

import io.github.smartleadbulk.account.Account;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a row or a page, as far as the API's word goes. {@code attempts} counts the calls
 * that were made for it, without those that were only told to wait (429).
 */
public sealed interface Answer {

  /** The server says that it has done it. */
  record Accepted(int httpStatus, int attempts) implements Answer {}

  /**
   * A page of the account list.
   *
   * @param rows how many rows the page had, also those that could not be used
   * @param total how many accounts the whole list has; null where the answer does not tell
   */
  record Listed(List<Account> accounts, int rows, @Nullable Long total) implements Answer {
    public Listed {
      accounts = List.copyOf(accounts);
    }

    public Listed(List<Account> accounts, int rows) {
      this(accounts, rows, null);
    }
  }

  /** A page with more bytes than are read at once: with fewer rows it may be one that is read. */
  record TooLarge() implements Answer {}

  /**
   * Refused, or no success in all attempts.
   *
   * @param perhapsApplied whether an attempt got no answer, or one of a gateway alone: the server
   *     may have heard it all the same
   */
  record Failed(@Nullable Integer httpStatus, int attempts, String message, boolean perhapsApplied)
      implements Answer {

    public Failed(@Nullable Integer httpStatus, int attempts, String message) {
      this(httpStatus, attempts, message, false);
    }
  }

  /** Perhaps done, of updates only: the last word of the server is missing or cannot be read. */
  record Uncertain(@Nullable Integer httpStatus, int attempts, String message) implements Answer {}

  /**
   * The client stopped before the fate of the row or page was final: it was not sent, or waited for
   * another try. It stays open and is sent again by a later run.
   */
  record Undecided() implements Answer {}
}
