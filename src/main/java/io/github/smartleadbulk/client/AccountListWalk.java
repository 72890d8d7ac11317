package io.github.smartleadbulk.client;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way through the account list: which page comes next, and whether those so far prove that it
 * was read whole. Nothing that a server shows is taken for granted:
 *
 * <ul>
 *   <li>A page begins with the last account of the one before. Where it does not, accounts before
 *       it are gone and others have moved up unseen: the walk steps back.
 *   <li>A short page is not the end: some servers put fewer accounts on a page than they are asked
 *       for, or leave some out. The end is where a page behind it is empty.
 *   <li>At the end as many accounts were seen as the list has places, or as it says that it has. If
 *       not, new ones may have come in front; if they have not, the list was not read whole.
 *   <li>The same accounts at different places, or ever new ones, end the walk.
 * </ul>
 *
 * <p>Computes only: others ask for the pages and know what was seen.
 */
public final class AccountListWalk {

  /** What was seen of the list so far. */
  public interface Seen {
    /** How many of these accounts were not. */
    int countUnseen(List<Account> accounts);
  }

  /**
   * What a page brings.
   *
   * @param accounts to be added to those seen; empty where the page has to be asked for again
   * @param advance places from those read so far to those read now; negative after a step back
   */
  public record Step(List<Account> accounts, long advance) {}

  private enum Stage {
    READING,
    /** Behind a page that might be the last. */
    BEHIND,
    /** In front, where accounts may have come in meanwhile. */
    IN_FRONT,
    ENDED
  }

  /** More than anybody has, and fewer than fill a small machine's memory and disk. */
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

  /** Since a page brought something. */
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
   * A walk through the whole list.
   *
   * @param clientId whose accounts; null for all
   */
  public static AccountListWalk whole(@Nullable Long clientId) {
    return whole(clientId, 0, 0, MOST_ACCOUNTS);
  }

  /**
   * A walk that goes on.
   *
   * @param position places read by an earlier process
   * @param accounts different ones seen there
   */
  public static AccountListWalk whole(
      @Nullable Long clientId, long position, long accounts, long mostAccounts) {
    return new AccountListWalk(clientId, true, position, accounts, mostAccounts);
  }

  /**
   * A walk to look around, of whose accounts none has to be found: its pages do not overlap, which
   * saves one call in a hundred.
   */
  public static AccountListWalk loose(long position, long accounts) {
    return new AccountListWalk(null, false, position, accounts, MOST_ACCOUNTS);
  }

  /** The page to be read next. */
  public AccountPage next() {
    long offset =
        switch (stage) {
          case READING -> Math.max(0, position - (overlaps ? 1 : 0));
          case BEHIND -> position;
          default -> 0;
        };
    return new AccountPage(offset, rows, clientId);
  }

  /** The page was larger than what is read at once. */
  public void askForLess() {
    rows = Math.max(1, rows / 2);
  }

  public boolean isEnded() {
    return stage == Stage.ENDED;
  }

  /** Why the list was not read whole, though to its end; null if it was, or is not read yet. */
  @Nullable
  public String fault() {
    return fault;
  }

  /** Different ones seen. */
  public long accounts() {
    return accounts;
  }

  /** The page that was asked for is here. */
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
    // Of two pages that overlap, one account may well be all that both have.
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

  /** Rows that are no accounts may be any. */
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
        // Read again with its overlap: between the two, accounts may have moved.
        stage = Stage.READING;
        return new Step(List.of(), 0);
      }
    }
    return take(page, offset, seen);
  }

  /** Whether all accounts are here. What some servers call a total is the size of the page. */
  private boolean tellsItsSize(Answer.Listed page) {
    return total != null && total > page.rows() && accounts >= total;
  }

  /**
   * The server refused the page that was asked for.
   *
   * @return whether that ends the walk: behind a page that may be the last, some servers refuse
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
          "it shows %d %s in %d places"
              .formatted(accounts, accounts == 1 ? "account" : "accounts", places());
    }
    return new Step(List.of(), 0);
  }

  private Step end(String reason) {
    fault = reason;
    stage = Stage.ENDED;
    return new Step(List.of(), 0);
  }
}
