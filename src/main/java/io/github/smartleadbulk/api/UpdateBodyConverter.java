package io.github.smartleadbulk.api;

import io.github.smartleadbulk.account.AccountUpdate;
import io.github.smartleadbulk.account.SettingValue;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Converter;
import retrofit2.Retrofit;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes an update as JSON. It contains only the fields that the update sets, because one unknown
 * key makes the server refuse the row, and an explicit {@code null} for a setting that is cleared
 * by null.
 */
public final class UpdateBodyConverter extends Converter.Factory {

  private static final MediaType JSON = MediaType.get("application/json");

  private final JsonMapper mapper;

  public UpdateBodyConverter(JsonMapper mapper) {
    this.mapper = mapper;
  }

  @Override
  public @Nullable Converter<?, RequestBody> requestBodyConverter(
      Type type,
      Annotation[] parameterAnnotations,
      Annotation[] methodAnnotations,
      Retrofit retrofit) {
    return type == AccountUpdate.class
        ? (AccountUpdate update) -> RequestBody.create(json(update), JSON)
        : null;
  }

  private byte[] json(AccountUpdate update) {
    return mapper.writeValueAsBytes(SettingValue.json(update.valuesByField()));
  }
}
