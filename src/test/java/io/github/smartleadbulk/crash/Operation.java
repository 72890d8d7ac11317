package io.github.smartleadbulk.crash;

/** One change of a traced folder. Paths are relative to the folder; the folder itself is "". */
public sealed interface Operation {

  /** Does it again in a model of the folder. */
  void replay(Image image);

  record FileCreated(String path) implements Operation {
    @Override
    public void replay(Image image) {
      image.createFile(path);
    }
  }

  record FolderMade(String path) implements Operation {
    @Override
    public void replay(Image image) {
      image.makeFolder(path);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares or changes the bytes.
  record Written(String path, int offset, byte[] bytes) implements Operation {
    @Override
    public void replay(Image image) {
      image.write(path, offset, bytes);
    }

    @Override
    public String toString() {
      return "Written[path=%s, offset=%d, bytes=%d]".formatted(path, offset, bytes.length);
    }
  }

  record Truncated(String path, int length) implements Operation {
    @Override
    public void replay(Image image) {
      image.truncate(path, length);
    }
  }

  /** A file's bytes, or a folder's names, are on the disk. */
  record Forced(String path) implements Operation {
    @Override
    public void replay(Image image) {
      image.force(path);
    }
  }

  /** Atomic, and what was at {@code target} is gone. */
  record Renamed(String path, String target) implements Operation {
    @Override
    public void replay(Image image) {
      image.rename(path, target);
    }
  }

  record Deleted(String path) implements Operation {
    @Override
    public void replay(Image image) {
      image.delete(path);
    }
  }
}
