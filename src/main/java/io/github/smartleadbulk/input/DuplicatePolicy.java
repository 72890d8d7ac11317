package io.github.smartleadbulk.input;

/** What to do with several rows for one account. */
public enum DuplicatePolicy {
  /** Make all of them invalid, because only the user knows which one is right. */
  REFUSE,
  /** Join them to one update unless they contradict each other. */
  MERGE
}
