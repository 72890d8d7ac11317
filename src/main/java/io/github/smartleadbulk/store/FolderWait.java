package io.github.smartleadbulk.store;

/** What to do when another process is using the state folder. */
@FunctionalInterface
public interface FolderWait {

  /** Gives up immediately. */
  FolderWait NONE = inUse -> false;

  /**
   * Pauses before the next attempt to lock the folder.
   *
   * @param inUse says which folder is in use, and by whom
   * @return false to give up
   */
  boolean pause(String inUse) throws InterruptedException;

  /** Called when this process has the folder. If this throws, the folder becomes free again. */
  default void ended() {}
}
