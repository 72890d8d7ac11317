package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer.Listed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that show their list as they like, and what a walk through it proves. */
class AccountListWalkTest {

  private static final int CALLS = 200;

  /** A server; {@code list} is its own to change. */
  private interface Server {
    Listed page(AccountPage asked, List<Long> list, int call);
  }

  private final Set<Long> seen = new HashSet<>();
  private int calls;
  private List<Long> list = List.of();

  private AccountListWalk walk(AccountListWalk walk, int accounts, Server server) {
    list = new ArrayList<>(LongStream.rangeClosed(1, accounts).boxed().toList());
    while (!walk.isEnded()) {
      assertThat(++calls).as("calls").isLessThan(CALLS);
      Listed page = server.page(walk.next(), list, calls);
      AccountListWalk.Step step =
          walk.add(
              page,
              some ->
                  (int)
                      some.stream()
                          .map(Account::id)
                          .distinct()
                          .filter(id -> !seen.contains(id))
                          .count());
      step.accounts().forEach(account -> seen.add(account.id()));
    }
    assertThat(walk.accounts()).isEqualTo(seen.size());
    return walk;
  }

  private static Listed page(Stream<Long> ids) {
    List<Account> accounts = ids.map(id -> new Account(id, null, Map.of())).toList();
    return new Listed(accounts, accounts.size());
  }

  private static Listed honest(AccountPage asked, List<Long> list) {
    return capped(asked, list, asked.rows());
  }

  private static Listed capped(AccountPage asked, List<Long> list, int cap) {
    return page(list.stream().skip(asked.offset()).limit(Math.min(cap, asked.rows())));
  }

  private static Stream<Arguments> wholeLists() {
    return Stream.of(
        whole("empty", 0, 1, (asked, list, call) -> honest(asked, list)),
        whole("one account", 1, 2, (asked, list, call) -> honest(asked, list)),
        whole("a short page", 50, 2, (asked, list, call) -> honest(asked, list)),
        whole("a full page", 100, 3, (asked, list, call) -> honest(asked, list)),
        whole("three pages", 250, 4, (asked, list, call) -> honest(asked, list)),
        whole("capped at 50", 250, 9, (asked, list, call) -> capped(asked, list, 50)),
        whole("capped at 99", 250, 6, (asked, list, call) -> capped(asked, list, 99)),
        whole("capped at 1", 5, 13, (asked, list, call) -> capped(asked, list, 1)),
        whole(
            "calls the size of the page its total",
            250,
            9,
            (asked, list, call) -> {
              Listed page = capped(asked, list, 50);
              return new Listed(page.accounts(), page.rows(), (long) page.rows());
            }),
        whole(
            "tells its size",
            250,
            3,
            (asked, list, call) -> {
              Listed page = honest(asked, list);
              return new Listed(page.accounts(), page.rows(), 250L);
            }),
        whole(
            "loses the first while it is read",
            250,
            6,
            (asked, list, call) -> {
              if (call == 2) {
                list.remove(0);
              }
              return honest(asked, list);
            }),
        whole(
            "loses one at every page",
            450,
            25,
            (asked, list, call) -> {
              list.remove(0);
              return honest(asked, list);
            }),
        whole(
            "loses a page while it is read",
            450,
            9,
            (asked, list, call) -> {
              if (call == 3) {
                list.subList(0, 100).clear();
              }
              return honest(asked, list);
            }),
        whole(
            "loses its last while it is read",
            200,
            4,
            (asked, list, call) -> {
              if (call == 3) {
                list.remove(199);
              }
              return honest(asked, list);
            }),
        whole(
            "gets new ones in front",
            250,
            5,
            (asked, list, call) -> {
              if (call == 2) {
                list.addAll(0, List.of(901L, 902L, 903L));
              }
              return honest(asked, list);
            }),
        whole(
            "gets new ones at its end",
            250,
            4,
            (asked, list, call) -> {
              if (call == 2) {
                list.addAll(List.of(901L, 902L, 903L));
              }
              return honest(asked, list);
            }));
  }

  private static Arguments whole(String name, int accounts, int calls, Server server) {
    return Arguments.of(name, accounts, calls, server);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wholeLists")
  void readsItWhole(String name, int accounts, int mostCalls, Server server) {
    AccountListWalk walk = walk(AccountListWalk.whole(null), accounts, server);

    assertThat(walk.fault()).isNull();
    assertThat(seen).containsAll(list).hasSizeBetween(list.size(), Math.max(accounts, list.size()));
    assertThat(calls).isLessThanOrEqualTo(mostCalls);
  }

  private static Stream<Arguments> brokenLists() {
    Random random = new Random(1);
    return Stream.of(
        Arguments.of(
            "the server shows the same accounts on every page",
            250,
            (Server) (asked, list, call) -> page(list.stream().limit(100))),
        Arguments.of(
            "the server shows the same accounts on every page",
            50,
            (Server) (asked, list, call) -> page(list.stream().limit(100))),
        Arguments.of(
            "it shows 240 accounts in 250 places",
            250,
            (Server)
                (asked, list, call) ->
                    page(
                        list.stream()
                            .skip(asked.offset())
                            .limit(asked.rows())
                            .filter(id -> id % 25 != 3))),
        Arguments.of(
            "it shows 250 accounts in 300 places",
            250,
            (Server)
                (asked, list, call) ->
                    new Listed(honest(asked, list).accounts(), honest(asked, list).rows(), 300L)),
        Arguments.of(
            "1 of its rows has no id that can be used (JSON cannot tell ids beyond 2^53 apart)",
            50,
            (Server)
                (asked, list, call) ->
                    asked.offset() > 0
                        ? honest(asked, list)
                        : new Listed(honest(asked, list).accounts().subList(1, 50), 50)),
        Arguments.of(
            "the order of its accounts changes while it is read",
            4_500,
            (Server)
                (asked, list, call) -> {
                  Collections.shuffle(list, random);
                  return honest(asked, list);
                }),
        Arguments.of(
            "it has more than 1,000 accounts",
            0,
            (Server)
                (asked, list, call) ->
                    page(
                        LongStream.range(asked.offset() + 1, asked.offset() + 1 + asked.rows())
                            .boxed())));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenLists")
  void saysWhyItWasNotReadWhole(String fault, int accounts, Server server) {
    long most = accounts == 0 ? 1_000 : AccountListWalk.MOST_ACCOUNTS;

    assertThat(walk(AccountListWalk.whole(null, 0, 0, most), accounts, server).fault())
        .isEqualTo(fault);
  }

  @Test
  void aPageThatIsTooLargeIsAskedForInParts() {
    AccountListWalk walk = AccountListWalk.whole(301L);
    assertThat(walk.next()).isEqualTo(new AccountPage(0, 100, 301L));
    walk.askForLess();
    walk.askForLess();
    assertThat(walk.next()).isEqualTo(new AccountPage(0, 25, 301L));
    walk(walk, 60, (asked, list, call) -> honest(asked, list));
    assertThat(walk.fault()).isNull();
    assertThat(seen).hasSize(60);
  }

  @Test
  void goesOnWhereAnEarlierProcessHasStopped() {
    seen.addAll(LongStream.rangeClosed(1, 199).boxed().toList());
    AccountListWalk walk = AccountListWalk.whole(null, 199, 199, AccountListWalk.MOST_ACCOUNTS);
    assertThat(walk.next()).isEqualTo(new AccountPage(198, 100, null));
    walk(walk, 250, (asked, list, call) -> honest(asked, list));
    assertThat(walk.fault()).isNull();
    assertThat(seen).hasSize(250);
  }

  @Test
  void aLooseWalkSavesTheOverlap() {
    AccountListWalk walk = AccountListWalk.loose(0, 0);
    List<Long> offsets = new ArrayList<>();
    walk(
        walk,
        250,
        (asked, list, call) -> {
          offsets.add(asked.offset());
          return honest(asked, list);
        });
    assertThat(offsets).containsExactly(0L, 100L, 200L, 250L);
  }
}
