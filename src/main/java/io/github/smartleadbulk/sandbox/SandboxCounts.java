package io.github.smartleadbulk.sandbox;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a sandbox has seen so far.
 *
 * @param requests all that arrived, also those outside of the API
 * @param requestsByStatus by the status they were answered with; {@link SandboxRequest#NO_ANSWER}
 *     for those that got none
 * @param updatesApplied update calls that took effect, whatever the caller was told
 */
public record SandboxCounts(
    long requests, SortedMap<Integer, Long> requestsByStatus, long updatesApplied) {

  public SandboxCounts {
    requestsByStatus = Collections.unmodifiableSortedMap(new TreeMap<>(requestsByStatus));
  }
}
