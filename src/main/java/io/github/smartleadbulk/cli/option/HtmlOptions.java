package io.github.smartleadbulk.cli.option;

import io.github.smartleadbulk.cli.process.ProcessEnvironment;
import io.github.smartleadbulk.page.PageFile;
import io.github.smartleadbulk.run.OutputPath;
import io.github.smartleadbulk.run.RunRefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** An HTML page beside the report. */
@OneRun
@Under(Heading.OUTPUT)
public final class HtmlOptions {

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write an HTML page to this file.")
  @Nullable Path file;

  public boolean isWanted() {
    return file != null;
  }

  /** The file, which need not exist. Ask only if a page is wanted. */
  public Path path(ProcessEnvironment environment) {
    return environment.resolve(String.valueOf(file));
  }

  /**
   * Checks the file before anything is read or sent, if a page is wanted.
   *
   * @param precious files that the page must not replace
   * @throws RunRefusedException if the page cannot or must not be written there
   */
  public void check(ProcessEnvironment environment, Path stateFolder, Supplier<List<Path>> precious)
      throws IOException {
    if (file != null) {
      check("--html " + file, path(environment), stateFolder, precious.get());
    }
  }

  /** Checks the file of a page. */
  public static void check(String named, Path file, Path stateFolder, List<Path> precious)
      throws IOException {
    OutputPath.check(named, file, stateFolder, precious);
    if (!PageFile.mayReplace(file)) {
      throw new RunRefusedException(
          named + ": contains something other than a page; delete it, or choose another file");
    }
  }
}
