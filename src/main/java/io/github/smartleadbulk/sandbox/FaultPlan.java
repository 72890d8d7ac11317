package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.Cells;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which API calls fail, and how: calls with percentages such as {@code 429:5%,500:2%,reset:0.5%},
 * the account list with numbers such as {@code cap:50}, and the server with times such as {@code
 * clock:+26h}.
 *
 * <table>
 * <caption>Kinds</caption>
 * <tr><td>{@code 300} to {@code 599}</td><td>that status; nothing is applied</td></tr>
 * <tr><td>{@code reset}</td><td>the connection is reset; nothing is applied</td></tr>
 * <tr><td>{@code hang}</td><td>no answer for two minutes; nothing is applied</td></tr>
 * <tr><td>{@code notok}</td><td>200 with {@code "ok":false}; nothing is applied</td></tr>
 * <tr><td>{@code empty}, {@code text}, {@code html}</td>
 *     <td>applied, but 200 with no body, plain text or a page</td></tr>
 * <tr><td>{@code cut}</td><td>applied, but the body ends half-way</td></tr>
 * <tr><td>{@code lost}</td><td>applied, but the connection is reset instead of an answer</td></tr>
 * <tr><td>{@code challenge}</td><td>403 with a Cloudflare page; nothing is applied</td></tr>
 * <tr><td>{@code forbidden}</td><td>403 about the account; nothing is applied</td></tr>
 * <tr><td>{@code limited}</td><td>403 about the rate limit; nothing is applied</td></tr>
 * <tr><td>{@code limited200}</td><td>200 about the rate limit; nothing is applied</td></tr>
 * <tr><td>{@code blocked}</td>
 *     <td>for this share of accounts, every update gets 403 with a Cloudflare page</td></tr>
 * <tr><td>{@code expired}</td><td>400 that says the plan has expired; nothing is applied</td></tr>
 * <tr><td>{@code nopath}</td><td>404 with a page; nothing is applied</td></tr>
 * <tr><td>{@code later}</td><td>503 with {@code Retry-After}; nothing is applied</td></tr>
 * <tr><td>{@code other}</td><td>applied, but the answer is about another account</td></tr>
 * <tr><td>{@code slow}</td><td>applied, and answered three seconds late</td></tr>
 * <tr><td>{@code cap:50}</td><td>no page of the list has more accounts than this</td></tr>
 * <tr><td>{@code hide:50}</td><td>the list leaves out one account in fifty</td></tr>
 * <tr><td>{@code shrink:2}, {@code grow:2}</td>
 *     <td>every second page, the list has one less or one more account at its front</td></tr>
 * <tr><td>{@code repeat:200}</td><td>from place 200 on, every page is the same</td></tr>
 * <tr><td>{@code endless:200}</td><td>from place 200 on, there are always new accounts</td></tr>
 * <tr><td>{@code shape:1} to {@code shape:3}</td>
 *     <td>a page is {@code {"data":[…]}}, the same with {@code ok} and {@code total},
 *     or an unknown form</td></tr>
 * <tr><td>{@code clock:+26h}</td><td>the {@code Date} of answers is off by this time</td></tr>
 * <tr><td>{@code idle-close:5s}</td>
 *     <td>connections are closed after being idle for this time</td></tr>
 * <tr><td>{@code rate-limit-reset:2h}</td>
 *     <td>every answer says that no calls remain for this time, but every call is admitted</td></tr>
 * <tr><td>{@code retry-after:90s}</td>
 *     <td>the time that {@code 429}, {@code limited}, {@code limited200} and {@code later} ask for</td></tr>
 * <tr><td>{@code for:40s}</td><td>calls fail for this time, from the first call on</td></tr>
 * </table>
 */
public final class FaultPlan {

  private static final Pattern ENTRY = Pattern.compile("([a-z0-9]+):([0-9]{1,3}(?:\\.[0-9]+)?)%");

  private static final Pattern OF_LIST = Pattern.compile("([a-z]+):([1-9][0-9]{0,5})");

  private static final BigDecimal ALL = BigDecimal.valueOf(100);

  private record Share(Fault fault, BigDecimal percent) {}

  private final List<Share> shares;
  private final ListFaults ofList;
  private final ServerFaults ofServer;

  private FaultPlan(List<Share> shares, ListFaults ofList, ServerFaults ofServer) {
    this.shares = List.copyOf(shares);
    this.ofList = ofList;
    this.ofServer = ofServer;
  }

  public static FaultPlan none() {
    return new FaultPlan(List.of(), ListFaults.none(), new ServerFaults(List.of()));
  }

  ListFaults ofList() {
    return ofList;
  }

  ServerFaults ofServer() {
    return ofServer;
  }

  /**
   * Reads the plan in a setting.
   *
   * @param text {@code none}, or kinds with percentages that add up to at most 100 %
   * @throws IllegalArgumentException if the text is anything else; the message says what was found
   *     and what is expected
   */
  public static FaultPlan parse(String text) {
    if (text.strip().equalsIgnoreCase("none")) {
      return none();
    }
    List<Share> shares = new ArrayList<>();
    List<ServerFaults.Setting> settings = new ArrayList<>();
    Map<ListFaults.Kind, Integer> numbersByKind = new EnumMap<>(ListFaults.Kind.class);
    for (String part : text.split(",", -1)) {
      String entry = part.strip().toLowerCase(Locale.ROOT);
      Matcher ofList = OF_LIST.matcher(entry);
      ListFaults.Kind kind =
          ofList.matches() ? Spelling.find(ListFaults.Kind.class, ofList.group(1)) : null;
      ServerFaults.Setting setting = ServerFaults.find(entry);
      if (setting != null) {
        settings.add(setting);
      } else if (kind == null) {
        shares.add(parseShare(entry));
      } else {
        numbersByKind.put(kind, Integer.valueOf(ofList.group(2)));
      }
    }
    BigDecimal total = shares.stream().map(Share::percent).reduce(BigDecimal.ZERO, BigDecimal::add);
    if (total.compareTo(ALL) > 0) {
      throw new IllegalArgumentException(
          "found faults for " + total.toPlainString() + " % of the calls, expected at most 100 %");
    }
    return new FaultPlan(shares, new ListFaults(numbersByKind), new ServerFaults(settings));
  }

  private static Share parseShare(String entry) {
    Matcher matcher = ENTRY.matcher(entry);
    Fault fault = matcher.matches() ? Fault.find(matcher.group(1)) : null;
    if (fault == null) {
      throw new IllegalArgumentException(
          "found "
              + Cells.shown(entry)
              + ", expected faults such as 429:5%,500:2%,reset:1%; the kinds are 300 to 599, "
              + Fault.names()
              + "; of the list cap:50, with "
              + Spelling.list(EnumSet.allOf(ListFaults.Kind.class))
              + "; of the server clock:+26h, with "
              + Spelling.list(EnumSet.allOf(ServerFaults.Kind.class)));
    }
    return new Share(fault, new BigDecimal(matcher.group(2)));
  }

  /** The fault for a call with this roll of the dice, or null if there is none. */
  @Nullable Fault pick(double percent) {
    double end = 0;
    for (Share share : shares) {
      if (share.fault().isOfAccount()) {
        continue;
      }
      end += share.percent().doubleValue();
      if (percent < end) {
        return share.fault();
      }
    }
    return null;
  }

  /** Whether all updates fail for an account with this roll of the dice. */
  boolean blocks(double percent) {
    return shares.stream()
        .filter(share -> share.fault().isOfAccount())
        .anyMatch(share -> percent < share.percent().doubleValue());
  }

  /** Whether the faults need more than an HTTP server. */
  boolean areBeneathHttp() {
    return ofServer.areBeneathHttp()
        || shares.stream().anyMatch(share -> share.fault().resetsConnection());
  }

  @Override
  public String toString() {
    String text =
        String.join(",", shares.stream().map(FaultPlan::spelling).toList()) + ofList + ofServer;
    return text.isEmpty() ? "none" : text.replaceFirst("^,", "");
  }

  private static String spelling(Share share) {
    Fault fault = share.fault();
    String name =
        fault.kind() == Fault.Kind.STATUS
            ? Integer.toString(fault.status())
            : Spelling.of(fault.kind());
    return name + ":" + share.percent().toPlainString() + "%";
  }
}
