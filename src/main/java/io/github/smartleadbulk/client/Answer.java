package io.github.smartleadbulk.client;

import org.jspecify.annotations.Nullable;

/**
 * What became of a row, as far as the API's word goes. {@code attempts} counts the calls that were
 * made for it, without those that were only told to wait (429).
 */
public sealed interface Answer {

  /** The server says that it has done it. */
  record Accepted(int httpStatus, int attempts) implements Answer {}

  /** Refused, or no success in all attempts. */
  record Failed(@Nullable Integer httpStatus, int attempts, String message) implements Answer {}

  /** Perhaps done: the last word of the server is missing or cannot be read. */
  record Uncertain(@Nullable Integer httpStatus, int attempts, String message) implements Answer {}

  /**
   * The client stopped before the row's fate was final: it was not sent, or waited for another try.
   * It stays open and is sent again by a later run.
   */
  record Undecided() implements Answer {}
}
