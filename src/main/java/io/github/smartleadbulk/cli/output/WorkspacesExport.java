package io.github.smartleadbulk.cli.output;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.Amount;
import io.github.smartleadbulk.cli.process.StandardError;
import io.github.smartleadbulk.file.PrivateFiles;
import io.github.smartleadbulk.job.AccountExport;
import io.github.smartleadbulk.job.AccountExports;
import io.github.smartleadbulk.result.ExportFile;
import io.github.smartleadbulk.result.ExportFormat;
import io.github.smartleadbulk.run.ExitCode;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes the accounts of several workspaces to one file, in the order of the workspaces. Each
 * workspace is in the file as a whole or not at all: until all its accounts are read, they wait in
 * a temporary file.
 */
public final class WorkspacesExport implements AccountExports.Sinks, AutoCloseable {

  /** How many workspaces that are missing are named. */
  private static final int TOLD = 20;

  private final Path folder;
  private final ExportFile file;
  private final ExportFormat format;
  private final BlankCells blank;
  private final StandardError messages;
  private int complete;
  private int missing;
  private long accounts;
  private @Nullable String signal;

  /**
   * @param folder for temporary files, in the state folder. A process that was killed may have left
   *     some there
   * @param file gets the accounts
   */
  public WorkspacesExport(
      Path folder, ExportFile file, ExportFormat format, BlankCells blank, StandardError messages)
      throws IOException {
    this.folder = folder;
    this.file = file;
    this.format = format;
    this.blank = blank;
    this.messages = messages;
    PrivateFiles.createFolder(folder);
    deleteParts();
  }

  private Path part(String workspace) {
    return folder.resolve(workspace + ".csv");
  }

  @Override
  public AccountExports.Sink open(String workspace) throws IOException {
    ExportFile part =
        ExportFile.part(Channels.newOutputStream(PrivateFiles.create(part(workspace))), format);
    return new AccountExports.Sink() {
      @Override
      public void accept(Account account) throws IOException {
        blank.add(part.append(workspace, account));
      }

      @Override
      public void close() throws IOException {
        part.close();
      }
    };
  }

  @Override
  public void ended(String workspace, AccountExport.End end) throws IOException {
    if (end.stopped() == null) {
      file.append(part(workspace));
      complete++;
      accounts += end.accounts();
    } else if (end.exitCode() == ExitCode.SIGINT || end.exitCode() == ExitCode.SIGTERM) {
      signal = end.stopped();
    } else if (++missing <= TOLD) {
      messages.alert(
          "the accounts of the workspace %s are missing: %s".formatted(workspace, end.stopped()));
    }
    Files.deleteIfExists(part(workspace));
  }

  /** Whether the file has all that could be read, and is worth keeping. */
  public boolean isUsable() {
    return complete > 0 && signal == null;
  }

  /**
   * Tells what the file has.
   *
   * @param name the file, for messages
   */
  public void tell(String name, boolean quiet) {
    if (missing > TOLD) {
      messages.alert("the accounts of %d more workspaces are missing".formatted(missing - TOLD));
    }
    if (signal != null) {
      messages.error(signal);
    } else if (complete == 0) {
      messages.error("the accounts of no workspace could be read");
    } else if (missing > 0) {
      messages.error(
          "%s has %s of %d of %d workspaces"
              .formatted(name, Amount.of(accounts, "account"), complete, complete + missing));
    } else if (!quiet) {
      messages.note(
          "%s of %s".formatted(Amount.of(accounts, "account"), Amount.of(complete, "workspace")));
    }
  }

  private void deleteParts() throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder)) {
      for (Path part : parts) {
        Files.delete(part);
      }
    }
  }

  @Override
  public void close() throws IOException {
    deleteParts();
    Files.delete(folder);
  }
}
