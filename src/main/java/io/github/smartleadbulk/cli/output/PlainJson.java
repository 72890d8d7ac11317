package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.cli.process.UnclosedOutput;
import java.io.PrintStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON on standard output, in ASCII: it may be a terminal, which must not obey what stands there.
 */
public final class PlainJson {

  private static final JsonMapper ASCII =
      new JsonMapper(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

  private PlainJson() {}

  /** The stream outlives the generator. */
  public static JsonGenerator to(PrintStream out) {
    return ASCII.createGenerator(new UnclosedOutput(out));
  }
}
