package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampRingTest {

  @Test
  void isASortedListOfTheLatestTimes() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int most = 1 + random.nextInt(60);
      TimestampRing ring = new TimestampRing(most);
      List<Long> list = new ArrayList<>();
      long now = 0;
      for (int step = 0; step < 300; step++) {
        now += random.nextInt(10);
        if (random.nextInt(4) == 0) {
          long until = now - random.nextInt(200);
          ring.dropUntil(until);
          list.removeIf(time -> time <= until);
        } else {
          long time = now - random.nextInt(30);
          ring.add(time);
          if (list.size() == most) {
            list.remove(0);
          }
          list.add(time);
          Collections.sort(list);
        }
        assertThat(times(ring)).as("seed %d, step %d", seed, step).isEqualTo(list);
        assertThat(times(ring.copy())).isEqualTo(list);
      }
    }
  }

  private static List<Long> times(TimestampRing ring) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < ring.size(); i++) {
      times.add(ring.get(i));
    }
    return times;
  }
}
