package io.github.smartleadbulk.page;

import io.github.smartleadbulk.ramp.Ramp;
import io.github.smartleadbulk.ramp.RampPlan;
import io.github.smartleadbulk.ramp.RampRow;
import java.nio.ByteBuffer;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of a ramp plan, grouped by identical limits and pauses on some days. A group keeps
 * only the positions of its rows and computes its limits when they are shown, so more days hardly
 * take more memory.
 */
final class LimitGroups {

  /** Browsers are slow to open a table with more cells. */
  private static final int MOST_CELLS = 30_000;

  private static final long NOT_BEGUN = -1;

  private final List<RampRow> rows;
  private final List<LocalDate> dates;
  private final LimitSteps steps;
  private final Room room;
  private final Map<UUID, Group> groupsBySeries = new HashMap<>();
  private long shown;
  private long cells;

  LimitGroups(RampPlan plan, List<LocalDate> dates, LimitSteps steps, Room room) {
    this.rows = plan.rows();
    this.dates = dates;
    this.steps = steps;
    this.room = room;
    for (int i = 0; i < rows.size(); i++) {
      groupsBySeries.computeIfAbsent(series(rows.get(i).ramp()), key -> new Group()).members.add(i);
    }
  }

  private UUID series(Ramp ramp) {
    ByteBuffer bytes = ByteBuffer.allocate(dates.size() * (Long.BYTES + 1));
    for (LocalDate date : dates) {
      bytes.putLong(ramp.limitOn(date).orElse(NOT_BEGUN));
      bytes.put((byte) (ramp.isPausedOn(date) ? 1 : 0));
    }
    return UUID.nameUUIDFromBytes(bytes.array());
  }

  /**
   * An account, with its id, its address or both. The missing one is blank.
   *
   * @param account the id, and the workspace if the plan has a column for it
   */
  record Member(String address, String account) {}

  /**
   * Days in a row with the same limit.
   *
   * @param value empty before the ramp begins
   */
  private record Stretch(OptionalLong value, boolean isPaused, boolean isWeekend) {}

  /**
   * A cell over days in a row.
   *
   * @param span how many days; null for one
   * @param told what a pointer over the cell shows
   */
  record Cell(@Nullable Integer span, String classes, String told, String text) {}

  /** The accounts with the same limits. */
  final class Group {

    private final Members<Member> members = new Members<>(LimitGroups.this::member);

    public String count() {
      return Figures.number(members.size(), "account");
    }

    /** The account, if it is the only one. */
    public @Nullable Member only() {
      return members.only();
    }

    public Iterable<Member> accounts() {
      return members.fitting(room, () -> shown++);
    }

    /** Days with the same limit share a cell, but a weekend has cells of its own. */
    public List<Cell> cells() {
      Ramp ramp = rows.get((int) members.firstPlace()).ramp();
      List<Cell> all = new ArrayList<>();
      int start = 0;
      for (int end = 1; end <= dates.size(); end++) {
        Stretch stretch = stretch(ramp, dates.get(start));
        if (end == dates.size() || !stretch(ramp, dates.get(end)).equals(stretch)) {
          all.add(cell(stretch, start, end - 1));
          start = end;
        }
      }
      cells += all.size();
      return all;
    }

    private Stretch stretch(Ramp ramp, LocalDate date) {
      return new Stretch(ramp.limitOn(date), ramp.isPausedOn(date), isWeekend(date));
    }

    private Cell cell(Stretch stretch, int first, int last) {
      String value =
          stretch.value().isPresent() ? Figures.number(stretch.value().getAsLong()) : "–";
      String days =
          Figures.shortDay(dates.get(first))
              + (last > first ? " – " + Figures.shortDay(dates.get(last)) : "");
      return new Cell(
          last > first ? last - first + 1 : null,
          (stretch.value().isPresent() ? steps.style(stretch.value().getAsLong()) : "none")
              + (stretch.isWeekend() ? " weekend" : ""),
          days
              + ": "
              + (stretch.value().isPresent() ? value : "not begun")
              + (stretch.isPaused() ? ", pause" : ""),
          (stretch.isPaused() ? RampPage.PAUSE + " " : "") + value);
    }
  }

  private Member member(long index) {
    RampRow row = rows.get((int) index);
    return new Member(
        row.fromEmail() == null ? "" : row.fromEmail(),
        Stream.of(
                row.accountId() == null ? "" : row.accountId().toString(),
                row.workspace() == null ? "" : row.workspace())
            .filter(part -> !part.isEmpty())
            .collect(Collectors.joining(" ")));
  }

  static boolean isWeekend(LocalDate date) {
    return date.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
  }

  /** The largest groups first; groups of the same size in the order of their first row. */
  public Iterable<Group> groups() {
    Iterator<Group> sorted =
        groupsBySeries.values().stream()
            .sorted(
                Comparator.comparingInt((Group group) -> -group.members.size())
                    .thenComparingLong(group -> group.members.firstPlace()))
            .iterator();
    return room.fitting(
        () -> {
          if (cells > MOST_CELLS || !sorted.hasNext()) {
            return null;
          }
          Group next = sorted.next();
          // The others are counted one by one, because there may be no room for all of them.
          shown += next.members.size() == 1 ? 1 : 0;
          return next;
        });
  }

  /**
   * How many accounts the page has no room for; null for none. Call after the groups are written.
   */
  public @Nullable String omitted() {
    return shown >= rows.size() ? null : Figures.number(rows.size() - shown, "account");
  }
}
