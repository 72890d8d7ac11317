package io.github.smartleadbulk.sandbox;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The counts of a sandbox so far.
 *
 * @param requests all requests, including those outside the API
 * @param requestsByStatus the number of requests by status; {@link SandboxRequest#NO_ANSWER} for
 *     those without an answer
 * @param updatesApplied the number of updates that took effect, whatever their answer was
 */
public record SandboxCounts(
    long requests, SortedMap<Integer, Long> requestsByStatus, long updatesApplied) {

  public SandboxCounts {
    requestsByStatus = Collections.unmodifiableSortedMap(new TreeMap<>(requestsByStatus));
  }
}
