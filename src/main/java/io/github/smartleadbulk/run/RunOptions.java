package io.github.smartleadbulk.run;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.DamagedText;
import io.github.smartleadbulk.account.WorkspaceNames;
import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.fill.Fills;
import io.github.smartleadbulk.fill.PlaceholderValues;
import io.github.smartleadbulk.fill.RowFilling;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.Header;
import io.github.smartleadbulk.input.InputFile;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.input.InputRow;
import io.github.smartleadbulk.input.RowVerdict;
import io.github.smartleadbulk.state.RunSpec;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The options that are stored with a run, so that every process treats its rows alike.
 *
 * @param input how the input is read
 * @param force whether to send values that accounts already have
 * @param comparedRun the run to compare accounts with; null for none
 * @param onlyRaise whether to leave daily limits alone that would be lowered
 * @param fills what rows set in addition to their cells
 * @param excel whether files for people begin with a byte order mark, which tells Excel that they
 *     are UTF-8
 * @param today when the day of the input was taken from this machine's clock; null if the user gave
 *     the day, or the input has none
 * @param ramp the day of a ramp plan that the input is; null for other inputs
 */
public record RunOptions(
    InputOptions input,
    boolean force,
    @Nullable ComparedRun comparedRun,
    boolean onlyRaise,
    Fills fills,
    boolean excel,
    @Nullable RampDate ramp,
    @Nullable Instant today) {

  private static final String CHARSET = "charset";
  private static final String DELIMITER = "delimiter";
  private static final String IGNORED = "ignore-columns";
  private static final String ALLOW_ZERO = "allow-zero";
  private static final String DUPLICATES = "duplicates";
  private static final String CEILING = "ceiling";
  private static final String MAP = "map";
  private static final String ALLOW_DAMAGED = "allow-damaged-text";
  private static final String EXCEL = "excel";
  private static final String FORCE = "force";
  private static final String BASIS = "basis";
  private static final String ONLY_RAISE = "only-raise";
  static final String RAMP_PLAN = "ramp-plan";
  static final String RAMP_DAY = "ramp-day";
  public static final String PROFILE = "profile";
  private static final String TODAY = "today";
  private static final String WORKSPACE = "workspace";
  static final String WORKSPACES = "workspaces";

  /** Stands for every possible name, and cannot be one. */
  private static final String ANY = "*";

  /** Options that do not change what happens to rows. */
  private static final Set<String> OF_NO_ACCOUNT =
      // The ceiling is kept like a guard: the rows of the run were judged by it. The names of
      // workspaces come from the config file, which may have more of them by now.
      Set.of(CEILING, EXCEL, PROFILE, RAMP_PLAN, RAMP_DAY, TODAY, WORKSPACES, RunSpec.PLAN_OF);

  public RunOptions {
    input = input.filledWith(fills.fields(), fills.placeholders());
  }

  RunOptions on(ComparedRun newBasis, boolean newForce) {
    return new RunOptions(input, newForce, newBasis, onlyRaise, fills, excel, ramp, today);
  }

  /** Whether the present values of an account decide if its row is sent. */
  public boolean asksForPresentValues() {
    return comparedRun != null || onlyRaise;
  }

  /**
   * Opens the input of a run with these options.
   *
   * @param name what messages call the file
   * @throws io.github.smartleadbulk.csv.InputException if the file as a whole cannot be used
   * @throws RunRefusedException if it lacks a column that the fills use
   */
  public InputFile open(Path file, String name) throws IOException {
    // A wrong name in a template makes its column unknown, so check this first.
    if (!fills.isEmpty()) {
      InputFile.peek(file, name, input).ifPresent(this::filling);
    }
    return filled(InputFile.open(file, name, input));
  }

  /** Opens an input of which only the start is known. */
  InputFile openStart(byte[] start, String name) throws IOException {
    if (!fills.isEmpty()) {
      InputFile.peek(start, name, input).ifPresent(this::filling);
    }
    return filled(InputFile.ofStart(start, name, input));
  }

  private InputFile filled(InputFile file) {
    return fills.isEmpty() ? file : file.filledBy(filling(file.header())::alone);
  }

  /** Returns what fills the rows of a file with this header. */
  public RowFilling filling(Header header) {
    return new RowFilling(fills, input, new PlaceholderValues(fills, header));
  }

  /** The fields that a row sets, or may set where its template takes values of the account. */
  Set<AccountField> fieldsSet(InputRow row) {
    Set<AccountField> fields = EnumSet.noneOf(AccountField.class);
    if (row.verdict() instanceof RowVerdict.Valid valid) {
      fields.addAll(valid.valuesByField().keySet());
      fields.addAll(fills.fields());
    }
    return fields;
  }

  /** Whether the run rolls back an earlier one. */
  public boolean isRollback() {
    return comparedRun != null && comparedRun.kind() == ComparedRun.Kind.ROLLBACK;
  }

  /**
   * The options as text, to be stored. Newer options appear only if they are set, as in older runs.
   */
  Map<String, String> stored() {
    Map<String, String> valueByName = new TreeMap<>();
    if (input.charset() != null) {
      valueByName.put(CHARSET, input.charset().name());
    }
    if (input.delimiter() != null) {
      valueByName.put(DELIMITER, input.delimiter().toString());
    }
    valueByName.put(
        IGNORED, input.ignoredColumns().stream().sorted().collect(Collectors.joining(",")));
    valueByName.put(ALLOW_ZERO, Boolean.toString(input.zeroLimit() == ZeroLimit.ALLOWED));
    valueByName.put(DUPLICATES, input.duplicates().name());
    if (input.ceiling() != InputOptions.USUAL_CEILING) {
      valueByName.put(CEILING, Long.toString(input.ceiling()));
    }
    if (force) {
      valueByName.put(FORCE, "true");
    }
    if (comparedRun != null) {
      valueByName.put(BASIS, comparedRun.toString());
    }
    if (onlyRaise) {
      valueByName.put(ONLY_RAISE, "true");
    }
    if (!input.ownNamesByTheirs().isEmpty()) {
      valueByName.put(MAP, joined(input.ownNamesByTheirs()));
    }
    if (input.damagedText() == DamagedText.ALLOWED) {
      valueByName.put(ALLOW_DAMAGED, "true");
    }
    if (excel) {
      valueByName.put(EXCEL, "true");
    }
    if (ramp != null) {
      valueByName.put(RAMP_PLAN, ramp.plan());
      valueByName.put(RAMP_DAY, ramp.day().toString());
    }
    if (today != null) {
      valueByName.put(TODAY, today.toString());
    }
    WorkspaceNames workspaces = input.workspaces();
    if (!workspaces.usual().equals(WorkspaceNames.DEFAULT)) {
      valueByName.put(WORKSPACE, workspaces.usual());
    }
    if (!workspaces.equals(WorkspaceNames.none())) {
      valueByName.put(
          WORKSPACES,
          workspaces.others() == WorkspaceNames.Others.ANY
              ? ANY
              : String.join(",", workspaces.known()));
    }
    valueByName.putAll(fills.stored());
    return valueByName;
  }

  /** A normalised name has no line break, and none of our names has an equals sign. */
  private static String joined(Map<String, String> ownNamesByTheirs) {
    return ownNamesByTheirs.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static WorkspaceNames workspaces(Map<String, String> valueByName) {
    String known = valueByName.getOrDefault(WORKSPACES, "");
    String usual = valueByName.getOrDefault(WORKSPACE, WorkspaceNames.DEFAULT);
    if (known.equals(ANY)) {
      return WorkspaceNames.any().with(usual);
    }
    return WorkspaceNames.of(usual, known.isEmpty() ? List.of() : List.of(known.split(",")));
  }

  private static Map<String, String> names(String joined) {
    return joined
        .lines()
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.lastIndexOf('=')),
                line -> line.substring(line.lastIndexOf('=') + 1)));
  }

  /** Whether runs with these options treat the same rows alike. */
  static boolean areSame(Map<String, String> stored, Map<String, String> other) {
    return ofAccounts(stored).equals(ofAccounts(other));
  }

  /** The options without those that do not change what happens to rows. */
  static Map<String, String> ofAccounts(Map<String, String> stored) {
    Map<String, String> rest = new TreeMap<>(stored);
    rest.keySet().removeAll(OF_NO_ACCOUNT);
    // Guards may be changed on the way: see RunPreparation.
    rest.keySet().removeIf(StoredGuards::isGuard);
    return rest;
  }

  /**
   * Those of some options that differ from others, as on a command line; "none" if there are none.
   */
  static String shown(Map<String, String> stored, Map<String, String> other) {
    Map<String, String> given = new TreeMap<>(stored);
    if (given.remove(ONLY_RAISE) == null && other.containsKey(ONLY_RAISE)) {
      given.put("allow-decrease", StoredGuards.SET);
    }
    String shown =
        given.entrySet().stream()
            .filter(option -> !option.getValue().equals(other.get(option.getKey())))
            .flatMap(
                option ->
                    shown(
                        option.getKey(),
                        option.getValue(),
                        other.getOrDefault(option.getKey(), "")))
            .collect(Collectors.joining(" "));
    return shown.isEmpty() ? "none" : shown;
  }

  private static Stream<String> shown(String name, String value, String other) {
    if (value.isEmpty()
        || value.equals("false")
        || (name.equals(DUPLICATES) && value.equals(DuplicatePolicy.REFUSE.name()))) {
      // These are options that were not given.
      return Stream.empty();
    }
    return switch (name) {
      case BASIS -> Stream.of("--" + value);
      case DUPLICATES -> Stream.of("--duplicates " + value.toLowerCase(Locale.ROOT));
      case DELIMITER -> Stream.of("--delimiter " + (value.equals("\t") ? "tab" : value));
      case MAP -> value.lines().map(pair -> "--map " + Invocation.quoted(pair));
      default ->
          Stream.of(
              Fills.shown(name, value, other)
                  .orElseGet(
                      () ->
                          "--"
                              + name
                              + (value.equals("true") ? "" : " " + Invocation.quoted(value))));
    };
  }

  /** How the input is read, as options of a command line. */
  public List<String> inputAsOptions() {
    List<String> words = new ArrayList<>();
    if (input.charset() != null) {
      words.add("--charset " + Invocation.quoted(input.charset().name()));
    }
    Character delimiter = input.delimiter();
    if (delimiter != null) {
      words.add(
          "--delimiter " + (delimiter == '\t' ? "tab" : Invocation.quoted(delimiter.toString())));
    }
    new TreeMap<>(input.ownNamesByTheirs())
        .forEach((theirs, own) -> words.add("--map " + Invocation.quoted(theirs + "=" + own)));
    if (!input.ignoredColumns().isEmpty()) {
      words.add(
          "--ignore-columns "
              + Invocation.quoted(
                  String.join(",", input.ignoredColumns().stream().sorted().toList())));
    }
    if (input.zeroLimit() == ZeroLimit.ALLOWED) {
      words.add("--allow-zero");
    }
    if (input.damagedText() == DamagedText.ALLOWED) {
      words.add("--allow-damaged-text");
    }
    if (input.ceiling() == Long.MAX_VALUE) {
      words.add("--allow-above");
    } else if (input.ceiling() != InputOptions.USUAL_CEILING) {
      words.add("--ceiling " + input.ceiling());
    }
    if (input.duplicates() == DuplicatePolicy.MERGE) {
      words.add("--duplicates merge");
    }
    if (!input.workspaces().usual().equals(WorkspaceNames.DEFAULT)) {
      words.add("--workspace " + input.workspaces().usual());
    }
    return words;
  }

  /** The run that the accounts are compared with, without reading the other options. */
  public static @Nullable ComparedRun comparedRunOf(Map<String, String> valueByName) {
    String comparedRun = valueByName.get(BASIS);
    return comparedRun == null ? null : ComparedRun.parse(comparedRun);
  }

  public static RunOptions parse(Map<String, String> valueByName) {
    String charset = valueByName.get(CHARSET);
    String delimiter = valueByName.get(DELIMITER);
    String ignored = valueByName.getOrDefault(IGNORED, "");
    String today = valueByName.get(TODAY);
    String plan = valueByName.get(RAMP_PLAN);
    return new RunOptions(
        new InputOptions(
                charset == null ? null : Charset.forName(charset),
                delimiter == null ? null : delimiter.charAt(0),
                ignored.isEmpty() ? Set.of() : Set.of(ignored.split(",")),
                Boolean.parseBoolean(valueByName.get(ALLOW_ZERO))
                    ? ZeroLimit.ALLOWED
                    : ZeroLimit.REFUSED,
                DuplicatePolicy.valueOf(
                    valueByName.getOrDefault(DUPLICATES, DuplicatePolicy.REFUSE.name())),
                Long.parseLong(
                    valueByName.getOrDefault(CEILING, Long.toString(InputOptions.USUAL_CEILING))))
            .named(names(valueByName.getOrDefault(MAP, "")))
            .with(
                Boolean.parseBoolean(valueByName.get(ALLOW_DAMAGED))
                    ? DamagedText.ALLOWED
                    : DamagedText.REFUSED)
            .with(workspaces(valueByName)),
        Boolean.parseBoolean(valueByName.get(FORCE)),
        comparedRunOf(valueByName),
        Boolean.parseBoolean(valueByName.get(ONLY_RAISE)),
        Fills.parse(valueByName),
        Boolean.parseBoolean(valueByName.get(EXCEL)),
        plan == null
            ? null
            : new RampDate(plan, LocalDate.parse(valueByName.getOrDefault(RAMP_DAY, ""))),
        today == null ? null : Instant.parse(today));
  }
}
