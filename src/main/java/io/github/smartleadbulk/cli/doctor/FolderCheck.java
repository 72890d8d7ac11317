package io.github.smartleadbulk.cli.doctor;

import io.github.smartleadbulk.run.FaultMessages;
import io.github.smartleadbulk.run.Invocation;
import io.github.smartleadbulk.store.FolderLock;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    Path there = folder;
    while (!Files.exists(there) && there.getParent() != null) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      findings.add(
          Finding.fault(FOLDER, there + " is not a folder", "Choose a folder with --state-dir."));
      return;
    }
    if (!Files.isWritable(there) || !Files.isReadable(there) || !Files.isExecutable(there)) {
      findings.add(
          Finding.fault(
              FOLDER,
              "access to %s is denied%s".formatted(there, isMissing(there)),
              "Run as the owner of the folder, or choose another one with --state-dir."));
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
