package io.github.smartleadbulk.job;

import io.github.smartleadbulk.input.InputRow;

/** Is told what happens during a run; called on the run's own threads, so it must be quick. */
public interface RunListener {

  /** A row that cannot be sent. Called for the first few, before anything is sent. */
  default void invalidRow(InputRow row) {}

  /** All invalid rows are known. */
  default void inspected(long rows, long invalid) {}
}
