package io.github.smartleadbulk.page;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Changes;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.account.WorkspaceAccount;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes, grouped by identical change. Texts and accounts wait in a file. Memory holds only a few
 * numbers for each group and account, up to a bound.
 */
final class ChangeGroups implements AutoCloseable {

  /** How many different changes the page shows. Further ones are only counted. */
  private static final int MOST_GROUPS = 30_000;

  /** How many changes are kept. With more, a browser takes seconds to open the page. */
  private static final int MOST_CHANGES = 100_000;

  private final Spool spool = new Spool();
  private final Map<UUID, Group> groupsByChange = new HashMap<>();
  private final Room room;
  private final Map<String, Long> accountsByWorkspace =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final Map<String, Long> changesByWorkspace = new HashMap<>();
  private long kept;
  private long all;
  private long shown;

  /** An account of a group. */
  record Member(String account, String address, String line, String workspace) {

    public String name() {
      return address.isEmpty() ? account : address;
    }
  }

  /** The accounts with the same change. */
  final class Group {

    private final AccountField field;
    private final boolean beforeIsKnown;
    private final long beforePlace;
    private final long afterPlace;
    private final boolean textIsLong;
    private final int number = groupsByChange.size();
    private final Members<Member> members = new Members<>(ChangeGroups.this::member);

    Group(AccountField field, @Nullable SettingValue before, SettingValue after) {
      this.field = field;
      this.beforeIsKnown = before != null;
      this.beforePlace = before == null ? 0 : spool.add(stored(before));
      this.afterPlace = spool.add(stored(after));
      this.textIsLong = ShownChange.of(field, before, after).texts() != null;
    }

    public ShownChange change() {
      return ShownChange.of(field, beforeIsKnown ? value(beforePlace) : null, value(afterPlace));
    }

    public String count() {
      return Figures.number(members.size(), "account");
    }

    /** Whether one line can show the group: it has one account and no long text. */
    private boolean isLine() {
      return members.size() == 1 && !textIsLong;
    }

    /** The account, if it is the only one. */
    public @Nullable Member only() {
      return members.only();
    }

    public Iterable<Member> accounts() {
      return members.fitting(room, () -> shown++);
    }
  }

  private Member member(long place) {
    String[] cells = spool.text(place).split("\t", -1);
    return new Member(cells[0], cells[1], cells[2], cells[3]);
  }

  ChangeGroups(Room room) {
    this.room = room;
  }

  void add(long line, WorkspaceAccount account, @Nullable String fromEmail, Changes changes) {
    String member =
        String.join(
            "\t",
            Long.toString(account.id()),
            fromEmail == null ? "" : fromEmail.replace('\t', ' '),
            Long.toString(line),
            account.workspace());
    changesByWorkspace.merge(account.workspace(), (long) changes.after().size(), Long::sum);
    accountsByWorkspace.merge(account.workspace(), 1L, Long::sum);
    new TreeMap<>(changes.after())
        .forEach((field, after) -> add(field, changes.before().get(field), after, member));
  }

  private void add(
      AccountField field, @Nullable SettingValue before, SettingValue after, String member) {
    all++;
    UUID key =
        UUID.nameUUIDFromBytes(
            (field + "\0" + before + "\0" + after).getBytes(StandardCharsets.UTF_16));
    Group group = groupsByChange.get(key);
    if (kept == MOST_CHANGES || (group == null && groupsByChange.size() == MOST_GROUPS)) {
      return;
    }
    if (group == null) {
      group = new Group(field, before, after);
      groupsByChange.put(key, group);
    }
    group.members.add(spool.add(member));
    kept++;
  }

  private static String stored(SettingValue value) {
    return (value instanceof SettingValue.Text
            ? "t"
            : value instanceof SettingValue.None ? "n" : "v")
        + value;
  }

  private SettingValue value(long place) {
    String stored = spool.text(place);
    String text = stored.substring(1);
    return switch (stored.charAt(0)) {
      case 't' -> new SettingValue.Text(text);
      case 'n' -> new SettingValue.None();
      default ->
          text.equals("true") || text.equals("false")
              ? new SettingValue.Flag(Boolean.parseBoolean(text))
              : new SettingValue.Whole(Long.parseLong(text));
    };
  }

  /**
   * Changes of several accounts, and changes of texts that need more than a line. The largest
   * groups come first, and groups of the same size in the order of their first row.
   */
  public Iterable<Group> groups() {
    return fitting(group -> !group.isLine());
  }

  /** The other changes: a line for each. */
  public Parts<Group> singles() {
    return new Parts<>(fitting(Group::isLine).iterator());
  }

  public boolean hasSingles() {
    return groupsByChange.values().stream().anyMatch(Group::isLine);
  }

  private Iterable<Group> fitting(Predicate<Group> chosen) {
    Iterator<Group> sorted =
        groupsByChange.values().stream()
            .filter(chosen)
            .sorted(
                Comparator.comparingInt((Group group) -> -group.members.size())
                    .thenComparingInt(group -> group.number))
            .iterator();
    return room.fitting(
        () -> {
          if (!sorted.hasNext()) {
            return null;
          }
          Group group = sorted.next();
          shown += group.isLine() ? 1 : 0;
          return group;
        });
  }

  /**
   * The changes in a workspace.
   *
   * @param accounts how many accounts change
   */
  record WorkspaceTotal(String workspace, String accounts, String changes) {}

  /** Empty if all changes are in one workspace. */
  public List<WorkspaceTotal> workspaces() {
    return accountsByWorkspace.size() < 2
        ? List.of()
        : accountsByWorkspace.entrySet().stream()
            .map(
                one ->
                    new WorkspaceTotal(
                        one.getKey(),
                        Figures.number(one.getValue()),
                        Figures.number(changesByWorkspace.getOrDefault(one.getKey(), 0L))))
            .toList();
  }

  public boolean hasWorkspaces() {
    return accountsByWorkspace.size() > 1;
  }

  /** The fields that change, for a filter. */
  public List<String> fields() {
    return groupsByChange.values().stream()
        .map(group -> group.field)
        .distinct()
        .sorted()
        .map(AccountField::apiName)
        .toList();
  }

  public boolean isEmpty() {
    return all == 0;
  }

  /**
   * How many changes the page has no room for; null for none. Call after the groups are written.
   */
  public @Nullable String omitted() {
    return shown >= all ? null : Figures.number(all - shown, "change");
  }

  @Override
  public void close() {
    spool.close();
  }
}
