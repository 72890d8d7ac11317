package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides which page of the account list to read next, and whether the pages so far prove that the
 * whole list was read. The walk trusts nothing that a server shows:
 *
 * <ul>
 *   <li>Each page begins with the last account of the page before. If it does not, accounts before
 *       it are gone and others have moved up unseen, so the walk steps back.
 *   <li>A short page is not the end: some servers put fewer accounts on a page than requested, or
 *       leave some out. The list ends where the next page is empty.
 *   <li>At the end, the walk must have seen as many accounts as the list has places, or as the list
 *       says it has. If not, new accounts may have come in at the front. If there are none, the
 *       list was not read in full.
 *   <li>The walk stops if the list repeats accounts at different places, or never ends.
 * </ul>
 *
 * <p>This class only computes: other classes request the pages and record the accounts.
 */
public final class AccountListWalk {

  /** The accounts seen so far. */
  public interface Seen {
    /** The number of these accounts that were not seen. */
    int countUnseen(List<Account> accounts);
  }

  /**
   * The result of a page.
   *
   * @param accounts the accounts to add; empty if the page must be requested again
   * @param advance number of places by which the position advances; negative after a step back
   */
  public record Step(List<Account> accounts, long advance) {}

  private enum Stage {
    READING,
    /** The page after one that might be the last. */
    BEHIND,
    /** The page at the front, where accounts may have come in meanwhile. */
    IN_FRONT,
    ENDED
  }

  /** More accounts than anybody has, and fewer than fill the memory and disk of a small machine. */
  public static final long MOST_ACCOUNTS = 2_000_000;

  private static final int PAGES_WITHOUT_NEWS = 3;
  private static final int STEPS_BACK = 20;

  private final long mostAccounts;
  private final @Nullable Long clientId;
  private int rows = AccountPage.ROWS;
  private long position;
  private long accounts;
  private Stage stage = Stage.READING;
  private boolean shortPagesGoOn;
  private boolean overlaps;
  private int stepsBack;

  /** The steps back since the last page with new accounts. */
  private int stepsBackInARow;

  private int pagesWithoutNews;
  private List<Long> previousIds = List.of();
  private long previousOffset = -1;
  private long unusable;
  private @Nullable Long total;
  private @Nullable String fault;

  private AccountListWalk(
      @Nullable Long clientId, boolean overlaps, long position, long accounts, long mostAccounts) {
    this.clientId = clientId;
    this.overlaps = overlaps;
    this.position = position;
    this.accounts = accounts;
    this.mostAccounts = mostAccounts;
  }

  /**
   * Starts a walk through the whole list.
   *
   * @param clientId the client whose accounts to list; null for all
   */
  public static AccountListWalk whole(@Nullable Long clientId) {
    return whole(clientId, 0, 0, MOST_ACCOUNTS);
  }

  /**
   * Continues a walk.
   *
   * @param position number of places that an earlier process has read
   * @param accounts number of different accounts seen there
   */
  public static AccountListWalk whole(
      @Nullable Long clientId, long position, long accounts, long mostAccounts) {
    return new AccountListWalk(clientId, true, position, accounts, mostAccounts);
  }

  /**
   * Starts or continues a walk that need not find every account. Its pages do not overlap, which
   * saves one call in a hundred.
   */
  public static AccountListWalk loose(long position, long accounts) {
    return new AccountListWalk(null, false, position, accounts, MOST_ACCOUNTS);
  }

  /** The page to read next. */
  public AccountPage next() {
    long offset =
        switch (stage) {
          case READING -> Math.max(0, position - (overlaps ? 1 : 0));
          case BEHIND -> position;
          default -> 0;
        };
    return new AccountPage(offset, rows, clientId);
  }

  /** The page was too large to read at once. */
  public void askForLess() {
    rows = Math.max(1, rows / 2);
  }

  public boolean isEnded() {
    return stage == Stage.ENDED;
  }

  /** Why the walk ended without the whole list; null if it read the whole list or has not ended. */
  @Nullable
  public String fault() {
    return fault;
  }

  /** The number of different accounts seen. */
  public long accounts() {
    return accounts;
  }

  /** Adds the requested page. */
  public Step add(Answer.Listed page, Seen seen) {
    long offset = next().offset();
    total = page.total() == null ? total : page.total();
    if (isTheSameElsewhere(page, offset)) {
      return end("the server shows the same accounts on every page");
    }
    return switch (stage) {
      case READING -> read(page, offset, seen);
      case BEHIND -> readBehind(page, offset, seen);
      default -> readInFront(page, seen);
    };
  }

  private boolean isTheSameElsewhere(Answer.Listed page, long offset) {
    List<Long> ids = page.accounts().stream().map(Account::id).toList();
    // Two overlapping pages may have one account in common.
    boolean isSame =
        stage != Stage.IN_FRONT
            && offset != previousOffset
            && ids.equals(previousIds)
            && (ids.size() > 1 || (ids.size() == 1 && stage == Stage.BEHIND));
    previousIds = ids;
    previousOffset = offset;
    return isSame;
  }

  private Step read(Answer.Listed page, long offset, Seen seen) {
    if (page.rows() == 0 && offset == 0) {
      return end();
    }
    if (offset > 0 && overlaps && !beginsWithSeen(page, seen)) {
      return stepBack(offset);
    }
    return take(page, offset, seen);
  }

  /** A row that is not an account may stand for any account. */
  private static boolean beginsWithSeen(Answer.Listed page, Seen seen) {
    return page.rows() > page.accounts().size()
        || (!page.accounts().isEmpty() && seen.countUnseen(page.accounts().subList(0, 1)) == 0);
  }

  private Step stepBack(long offset) {
    stepsBack++;
    stepsBackInARow++;
    if (stepsBack > STEPS_BACK) {
      fault = "the order of its accounts changes while it is read";
      overlaps = false;
      return new Step(List.of(), 0);
    }
    long back = Math.max(0, offset - Math.max(1L, rows / 2) * stepsBackInARow);
    long advance = back - position;
    position = back;
    return new Step(List.of(), advance);
  }

  private Step take(Answer.Listed page, long offset, Seen seen) {
    int fresh = seen.countUnseen(page.accounts());
    accounts += fresh;
    stepsBackInARow = fresh == 0 ? stepsBackInARow : 0;
    unusable += page.rows() - page.accounts().size();
    long advance = offset + page.rows() - position;
    position += advance;
    pagesWithoutNews = fresh == 0 ? pagesWithoutNews + 1 : 0;
    boolean isShort = page.rows() < rows;
    if (accounts > mostAccounts) {
      end("it has more than %,d accounts".formatted(mostAccounts));
    } else if (isShort && tellsItsSize(page) && unusable == 0) {
      stage = Stage.ENDED;
    } else if (isShort && (!shortPagesGoOn || fresh == 0)) {
      stage = Stage.BEHIND;
    } else if (pagesWithoutNews >= PAGES_WITHOUT_NEWS) {
      end("the server shows the same accounts on every page");
    } else {
      stage = Stage.READING;
    }
    return new Step(page.accounts(), advance);
  }

  private Step readBehind(Answer.Listed page, long offset, Seen seen) {
    if (page.rows() == 0) {
      if (accounts >= places() || unusable > 0) {
        return end();
      }
      stage = Stage.IN_FRONT;
      return new Step(List.of(), 0);
    }
    if (!shortPagesGoOn) {
      shortPagesGoOn = true;
      if (overlaps) {
        // The page is read again with its overlap, because accounts may have moved meanwhile.
        stage = Stage.READING;
        return new Step(List.of(), 0);
      }
    }
    return take(page, offset, seen);
  }

  /**
   * Whether all accounts were read, according to the total that the list gives. Some servers call
   * the size of the page a total.
   */
  private boolean tellsItsSize(Answer.Listed page) {
    return total != null && total > page.rows() && accounts >= total;
  }

  /**
   * The server refused the requested page.
   *
   * @return whether the walk ends: some servers refuse a page after the last one
   */
  public boolean refuse(String reason) {
    if (stage != Stage.BEHIND) {
      return false;
    }
    end("the server refuses the page after place %d (%s)".formatted(position, reason));
    return true;
  }

  private Step readInFront(Answer.Listed page, Seen seen) {
    int fresh = seen.countUnseen(page.accounts());
    accounts += fresh;
    end();
    return new Step(page.accounts(), 0);
  }

  private long places() {
    return total == null || total < accounts ? position : total;
  }

  private Step end() {
    stage = Stage.ENDED;
    if (fault == null && unusable > 0) {
      fault =
          "%d of its rows %s no id that can be used (JSON cannot tell ids beyond 2^53 apart)"
              .formatted(unusable, unusable == 1 ? "has" : "have");
    } else if (fault == null && accounts < places()) {
      fault =
          "it shows %s in %s"
              .formatted(Amount.of(accounts, "account"), Amount.of(places(), "place"));
    }
    return new Step(List.of(), 0);
  }

  private Step end(String reason) {
    fault = reason;
    stage = Stage.ENDED;
    return new Step(List.of(), 0);
  }
}
