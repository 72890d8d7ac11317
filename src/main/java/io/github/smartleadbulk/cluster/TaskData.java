package io.github.smartleadbulk.cluster;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the data of tasks as JSON, which other versions and people can read. */
final class TaskData implements Serializer {

  @Override
  public byte[] serialize(Object data) {
    return JsonMapper.shared().writeValueAsBytes(data);
  }

  @Override
  public <T> T deserialize(Class<T> type, byte[] serialized) {
    return JsonMapper.shared().readValue(serialized, type);
  }
}
