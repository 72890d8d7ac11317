package io.github.smartleadbulk.input;

/** What becomes of several rows for one account. */
public enum DuplicatePolicy {
  /** All of them are invalid: which one is meant, only the user knows. */
  REFUSE,
  /** They are joined to one update, unless they contradict each other. */
  MERGE
}
