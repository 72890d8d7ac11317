package io.github.smartleadbulk.state;

/** What to do when another process is using the state folder. */
@FunctionalInterface
public interface FolderWait {

  /** Gives up immediately. */
  FolderWait NONE = inUse -> false;

  /**
   * Waits a little before the folder is tried again.
   *
   * @param inUse says which folder it is and who works in it
   * @return false to give up
   */
  boolean pause(String inUse) throws InterruptedException;

  /** Called when the folder is free. If this throws, the folder stays free. */
  default void ended() {}
}
