package io.github.smartleadbulk.result;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON: components in their order, with names such as {@code exit_code}. */
public final class RecordJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private RecordJson() {}

  /** A record, or a list of records, indented. Instants are ISO 8601 in UTC. */
  public static String of(Object records) {
    return MAPPER.writeValueAsString(records);
  }
}
