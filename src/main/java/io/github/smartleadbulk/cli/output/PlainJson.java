package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.cli.process.UnclosedOutput;
import java.io.PrintStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON to standard output in ASCII, because a terminal must not interpret its contents. */
public final class PlainJson {

  private static final JsonMapper ASCII =
      new JsonMapper(JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build());

  private PlainJson() {}

  /** Closing the generator does not close the stream. */
  public static JsonGenerator to(PrintStream out) {
    return ASCII.createGenerator(new UnclosedOutput(out));
  }
}
