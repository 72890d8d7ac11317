package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallSlotsTest {

  private final CallSlots slots = new CallSlots(1);
  private final List<String> held = new ArrayList<>();
  private final CallSlots.Holder busy = slots.holder(() -> held.add("busy"));
  private final CallSlots.Holder first = slots.holder(() -> held.add("first"));
  private final CallSlots.Holder second = slots.holder(() -> held.add("second"));

  @Test
  void whoWaitsGetsASlotInTurnAndNobodyOvertakes() {
    assertThat(busy.hold()).isTrue();
    busy.use();
    assertThat(first.hold()).isFalse();
    assertThat(second.hold()).isFalse();
    assertThat(first.hold()).isFalse();
    slots.release();
    assertThat(held).containsExactly("first");
    assertThat(busy.hold()).isFalse();
    assertThat(first.hold()).isTrue();
    first.use();
    slots.release();
    slots.release();
    assertThat(held).containsExactly("first", "second", "busy");
  }

  @Test
  void aSlotThatIsNotNeededGoesToTheNext() {
    busy.hold();
    busy.use();
    first.hold();
    second.hold();
    slots.release();
    first.giveBack();
    first.giveBack();
    assertThat(held).containsExactly("first", "second");
    second.giveBack();
    assertThat(busy.hold()).isTrue();
    assertThat(first.hold()).isFalse();
  }
}
