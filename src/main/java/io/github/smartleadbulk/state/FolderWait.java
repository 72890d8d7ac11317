package io.github.smartleadbulk.state;

/** What somebody does who finds that another process works in the state folder. */
@FunctionalInterface
public interface FolderWait {

  /** Gives up at once. */
  FolderWait NONE = inUse -> false;

  /**
   * Waits a little before the folder is tried again.
   *
   * @param inUse says which folder it is and who works in it
   * @return false to give up
   */
  boolean pause(String inUse) throws InterruptedException;

  /** Is called when the folder is free. What this throws leaves it free. */
  default void ended() {}
}
