package io.github.smartleadbulk.page;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import io.github.smartleadbulk.plan.ComparedTexts;
import io.github.smartleadbulk.plan.ComparedTexts.Kind;
import io.github.smartleadbulk.plan.ComparedTexts.Part;
import io.github.smartleadbulk.plan.Difference;
import io.github.smartleadbulk.template.SafeHtml;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The old and the new value of a setting, as pages show it.
 *
 * @param before empty if the value is not known
 */
record ShownChange(AccountField field, Optional<SettingValue> before, SettingValue after) {

  /** A text up to this length is shown whole in a line. */
  private static final int SHORT = 60;

  /** Longer sources are cut, because a page shows many of them. */
  private static final int LONGEST_SOURCE = 20_000;

  static ShownChange of(AccountField field, @Nullable SettingValue before, SettingValue after) {
    return new ShownChange(field, Optional.ofNullable(before), after);
  }

  public String name() {
    return field.apiName();
  }

  public Difference line() {
    return Difference.of(before.orElse(null), after);
  }

  /** The texts to show under the line; null if the line shows them whole. */
  public @Nullable ShownChange texts() {
    boolean isLong =
        Stream.concat(before.stream(), Stream.of(after))
            .anyMatch(value -> value.toString().length() > SHORT);
    return field.isText() && (field.isHtml() || isLong) ? this : null;
  }

  /** Both sides as a mail program shows them; null if the setting is not HTML. */
  public @Nullable Sides rendered() {
    return field.isHtml()
        ? new Sides(before.map(ShownChange::document).orElse(null), document(after))
        : null;
  }

  /**
   * Documents for frames.
   *
   * @param before null if the value is not known
   */
  record Sides(@Nullable String before, String after) {}

  private static String document(SettingValue value) {
    return "<!DOCTYPE html><style>body{font:14px/1.4 sans-serif;margin:8px;color:#1a1d21}img{outline:1px dashed #999}</style>"
        + SafeHtml.of(cut(value.toString()));
  }

  /** The source of both texts in one, with the parts that are removed and added. */
  public List<ShownPart> source() {
    String old = cut(before.map(SettingValue::toString).orElse(""));
    String now = cut(after.toString());
    return ComparedTexts.of(old, now)
        .map(ComparedTexts::parts)
        .orElseGet(() -> List.of(new Part(Kind.REMOVED, old), new Part(Kind.ADDED, now)))
        .stream()
        .map(ShownPart::of)
        .toList();
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_SOURCE
        ? text
        : text.substring(0, LONGEST_SOURCE)
            + "… ("
            + Figures.number(text.length(), "character")
            + ")";
  }

  /** A part of the source. Of the three texts, two are null. */
  record ShownPart(@Nullable String same, @Nullable String removed, @Nullable String added) {

    static ShownPart of(Part part) {
      return switch (part.kind()) {
        case SAME -> new ShownPart(part.text(), null, null);
        case REMOVED -> new ShownPart(null, part.text(), null);
        case ADDED -> new ShownPart(null, null, part.text());
      };
    }
  }
}
