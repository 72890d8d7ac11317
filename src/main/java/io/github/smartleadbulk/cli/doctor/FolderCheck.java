package io.github.smartleadbulk.cli.doctor;

import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.Invocation;
import io.github.smartleadbulk.store.FolderLock;
import io.github.smartleadbulk.store.ReadOnlyFolder;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the state folder and its disk. Changes nothing. */
public final class FolderCheck {

  private static final String FOLDER = "state folder";
  private static final String DISK = "disk";

  private static final long MEGABYTE = 1 << 20;
  private static final long SCARCE = 1024 * MEGABYTE;
  private static final long TOO_LITTLE = 100 * MEGABYTE;

  /** As Linux, macOS and Windows call file systems of other machines. */
  private static final Pattern OF_ANOTHER_MACHINE =
      Pattern.compile(
          "nfs.*|cifs|smb.*|afpfs|webdav|9p|ceph|lustre|gluster.*|fuse\\.(sshfs|gluster.*|ceph.*|s3fs|rclone)");

  private static final Set<PosixFilePermission> OF_OTHERS =
      Set.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  /** What a run changes in the folder. It replaces other files, which takes no right to them. */
  private static final Set<String> CHANGED =
      Set.of("lock", "runs", "export", "sandbox.store", "calls.journal");

  /** What a run opens in the folder. Something else may be there, too. */
  private static final String OPENED =
      "{lock,runs,export,sandbox.store,calls.journal,last-run,state.current,state-[0-9]*.mv.db}";

  private final Path folder;
  private final List<Finding> findings = new ArrayList<>();

  private FolderCheck(Path folder) {
    this.folder = folder;
  }

  public static List<Finding> of(Path folder) {
    FolderCheck check = new FolderCheck(folder.toAbsolutePath());
    try {
      check.run();
    } catch (IOException e) {
      check.findings.add(
          Finding.fault(
              FOLDER,
              folder + " cannot be read: " + FaultMessages.of(e),
              "Repair its disk, or choose another folder with --state-dir."));
    }
    return check.findings;
  }

  private void run() throws IOException {
    Optional<String> obstacle = PrivateFiles.inTheWayOf(folder);
    if (obstacle.isPresent()) {
      findings.add(
          Finding.fault(FOLDER, obstacle.get(), "Choose another folder with --state-dir."));
      return;
    }
    Path there = PrivateFiles.nearest(folder);
    Optional<Path> denied = findDenied(there);
    if (denied.isPresent()) {
      findings.add(
          Finding.fault(
              FOLDER,
              "access denied to %s%s"
                  .formatted(ReadOnlyFolder.withOwner(denied.get()), isMissing(there)),
              "Get access to it, run as its owner, or choose another folder with --state-dir."));
    } else if (!there.equals(folder)) {
      findings.add(Finding.ok(FOLDER, folder + " does not exist yet, and can be created"));
    } else {
      checkRights();
      findings.add(
          FolderLock.isTaken(folder)
              ? Finding.warning(
                  FOLDER,
                  folder + " is in use by another process",
                  "Wait until its run has ended, or stop it.")
              : Finding.ok(FOLDER, folder + " can be written, and nobody uses it"));
    }
    checkDisk(Files.getFileStore(there));
  }

  /** The first file or folder that a run needs and cannot use. */
  private Optional<Path> findDenied(Path there) throws IOException {
    if (!Files.isWritable(there) || !canUse(there)) {
      return Optional.of(there);
    }
    Optional<Path> denied = there.equals(folder) ? findDenied(folder, OPENED) : Optional.empty();
    Path runs = folder.resolve("runs");
    return denied.isPresent() || !Files.isDirectory(runs) ? denied : findDenied(runs, "*");
  }

  private static Optional<Path> findDenied(Path folder, String glob) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, glob)) {
      for (Path file : files) {
        if (!canUse(file)) {
          return Optional.of(file);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean canUse(Path path) {
    return Files.isReadable(path)
        && (!Files.isDirectory(path) || Files.isExecutable(path))
        && (CHANGED.stream().noneMatch(path::endsWith) || Files.isWritable(path));
  }

  private String isMissing(Path there) {
    return there.equals(folder) ? "" : ", so " + folder + " cannot be created";
  }

  private void checkRights() throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
    if (view != null
        && view.readAttributes().permissions().stream().anyMatch(OF_OTHERS::contains)) {
      findings.add(
          Finding.warning(
              FOLDER,
              "other users of this machine can read " + folder,
              "To keep it private: chmod 700 " + Invocation.quoted(folder.toString())));
    }
  }

  private void checkDisk(FileStore store) throws IOException {
    if (OF_ANOTHER_MACHINE.matcher(store.type().toLowerCase(Locale.ROOT)).matches()) {
      findings.add(
          Finding.warning(
              FOLDER,
              "%s is on a network file system (%s), whose locks may not keep two runs apart"
                  .formatted(folder, store.type()),
              "Choose a folder on a local disk, or a database with --state-url."));
    }
    long free = store.getUsableSpace();
    String found = String.format(Locale.ROOT, "%,d MB free on %s", free / MEGABYTE, store);
    if (free < TOO_LITTLE) {
      findings.add(
          Finding.fault(DISK, found, "Free some space: a run stops when the disk is full."));
    } else if (free < SCARCE) {
      findings.add(Finding.warning(DISK, found, "Free some space. 'prune' deletes old runs."));
    } else {
      findings.add(Finding.ok(DISK, found));
    }
  }
}
