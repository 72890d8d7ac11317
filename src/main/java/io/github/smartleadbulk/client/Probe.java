package io.github.smartleadbulk.client;

/**
 * A reason that holds back all calls. One call probes whether the reason is over, and the others
 * follow only when that call has its answer.
 */
interface Probe {

  /**
   * A call is about to be sent.
   *
   * @return whether this call is the probe
   */
  boolean start();

  /** The probing call has ended. */
  void tried();
}
