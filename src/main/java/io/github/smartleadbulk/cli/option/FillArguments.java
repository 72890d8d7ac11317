package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.fill.Fill;
import io.github.smartleadbulk.fill.Fills;
import io.github.smartleadbulk.input.DuplicatePolicy;
import io.github.smartleadbulk.input.InputOptions;
import io.github.smartleadbulk.run.FaultMessages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads {@code --set} options and the files that they name. */
final class FillArguments {

  /** Many times more than a mail program shows, and small enough to store with the run. */
  private static final int LARGEST = 1_000_000;

  private FillArguments() {}

  /**
   * @param given the arguments, such as {@code signature=@signature.html}
   * @throws UsageException if an argument cannot be used
   */
  static Fills read(List<String> given, InputOptions input, ProcessEnvironment environment) {
    if (!given.isEmpty() && input.duplicates() == DuplicatePolicy.MERGE) {
      throw new UsageException("--set cannot be combined with --duplicates merge");
    }
    Map<AccountField, Fill> fills = new EnumMap<>(AccountField.class);
    try {
      for (String option : given) {
        Fill fill = fill(option, environment);
        if (fills.put(fill.field(), fill) != null) {
          throw new UsageException(
              "--set: found " + fill.field().apiName() + " twice, expected each field once");
        }
      }
      Fills all = Fills.of(fills.values());
      all.checkConstants(input);
      return all;
    } catch (IllegalArgumentException e) {
      throw new UsageException(FaultMessages.of(e));
    }
  }

  private static Fill fill(String option, ProcessEnvironment environment) {
    int equals = option.indexOf('=');
    if (equals < 0) {
      throw new UsageException(
          "--set: found " + Cells.shown(option) + ", expected FIELD=VALUE or FIELD=@FILE");
    }
    AccountField field = FieldList.parse("--set", List.of(option.substring(0, equals))).first();
    String value = option.substring(equals + 1);
    if (!value.startsWith("@")) {
      return Fill.of(field, "--set " + field.apiName(), value);
    }
    String file = value.substring(1);
    return Fill.of(field, file, text("--set " + field.apiName(), file, environment));
  }

  private static String text(String option, String file, ProcessEnvironment environment) {
    Path path = environment.resolve(file);
    if (Files.isDirectory(path)) {
      throw new UsageException(option + ": " + file + " is a folder, expected a file");
    }
    try {
      if (Files.size(path) > LARGEST) {
        throw new UsageException(
            "%s: %s: found %d bytes, expected at most %d"
                .formatted(option, file, Files.size(path), LARGEST));
      }
      return decoded(file, ByteBuffer.wrap(Files.readAllBytes(path)));
    } catch (IOException e) {
      throw new UsageException(option + ": " + FaultMessages.of(e));
    }
  }

  private static String decoded(String file, ByteBuffer bytes) {
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    CoderResult result = decoder.decode(bytes, text, true);
    text.flip();
    if (result.isError()) {
      long line = 1 + text.chars().filter(c -> c == '\n').count();
      throw new UsageException(
          file + ", line " + line + ": found bytes that are not valid in UTF-8, expected UTF-8");
    }
    // Notepad starts files with a byte order mark.
    return text.toString().replaceFirst("^\uFEFF", "");
  }
}
