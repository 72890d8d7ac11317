package io.github.smartleadbulk.client;

/**
 * Something that has held back all calls, lets one of them try whether it is over, and the others
 * only when that one has its answer.
 */
interface Probe {

  /**
   * A call is about to be sent.
   *
   * @return whether it is the one that tries
   */
  boolean start();

  /** The call that tried is over. */
  void tried();
}
