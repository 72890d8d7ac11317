package io.github.smartleadbulk.job;

import io.github.smartleadbulk.account.ZeroLimit;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputOptions;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The way in which a run reads its input, as text to be kept with the run. */
final class StoredInputOptions {

  private static final String CHARSET = "charset";
  private static final String DELIMITER = "delimiter";
  private static final String IGNORED = "ignore-columns";
  private static final String ALLOW_ZERO = "allow-zero";
  private static final String DUPLICATES = "duplicates";

  private StoredInputOptions() {}

  static Map<String, String> of(InputOptions options) {
    Map<String, String> valueByName = new TreeMap<>();
    if (options.charset() != null) {
      valueByName.put(CHARSET, options.charset().name());
    }
    if (options.delimiter() != null) {
      valueByName.put(DELIMITER, options.delimiter().toString());
    }
    valueByName.put(IGNORED, String.join(",", new TreeSet<>(options.ignoredColumns())));
    valueByName.put(ALLOW_ZERO, Boolean.toString(options.zeroLimit() == ZeroLimit.ALLOWED));
    valueByName.put(DUPLICATES, options.duplicates().name());
    return valueByName;
  }

  static InputOptions parse(Map<String, String> valueByName) {
    String charset = valueByName.get(CHARSET);
    String delimiter = valueByName.get(DELIMITER);
    String ignored = valueByName.getOrDefault(IGNORED, "");
    return new InputOptions(
        charset == null ? null : Charset.forName(charset),
        delimiter == null ? null : delimiter.charAt(0),
        ignored.isEmpty() ? Set.of() : Set.of(ignored.split(",")),
        Boolean.parseBoolean(valueByName.get(ALLOW_ZERO)) ? ZeroLimit.ALLOWED : ZeroLimit.REFUSED,
        DuplicatePolicy.valueOf(
            valueByName.getOrDefault(DUPLICATES, DuplicatePolicy.REFUSE.name())));
  }
}
