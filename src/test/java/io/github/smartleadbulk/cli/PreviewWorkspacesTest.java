package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The signature of an account whose id is in two workspaces. */
class PreviewWorkspacesTest extends TwoWorkspaces {

  @BeforeEach
  void file() throws IOException {
    program.file(
        "rows.csv",
        "id,signature,workspace",
        "1,Best from acme,acme",
        "1,Best from globex,globex",
        "2,Only globex,globex");
  }

  private Ended preview(String account, String... more) {
    return program.run(
        Stream.concat(
                Stream.of("preview", "rows.csv", "--account", account, "--out", "page.html"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  private String page() throws IOException {
    return Files.readString(home.resolve("page.html"));
  }

  @Test
  void theWorkspaceChoosesTheRow() throws IOException {
    assertThat(preview("1", "--workspace", "globex").exitCode()).isZero();
    assertThat(page()).contains("Best from globex").doesNotContain("Best from acme");

    assertThat(preview("1", "--workspace", "acme").exitCode()).isZero();
    assertThat(page()).contains("Best from acme").doesNotContain("Best from globex");
  }

  @Test
  void withoutAWorkspaceTheAccountMustBeInOneOnly() throws IOException {
    assertThat(preview("2").exitCode()).isZero();
    assertThat(page()).contains("Only globex");

    Ended ended = preview("1");
    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err())
        .isEqualTo(
            "error: rows.csv: account 1 is in several workspaces (acme, globex): choose one with"
                + " --workspace\n");
    assertThat(preview("2", "--workspace", "acme").err())
        .isEqualTo("error: rows.csv: no row is for account 2\n");
  }

  @Test
  void aTemplateTakesTheAccountOfTheWorkspace() throws IOException {
    acme.account(1).put("from_name", "Anna of acme");
    globex.account(1).put("from_name", "Gina of globex");
    program.file("rows.csv", "id,workspace", "1,acme", "1,globex");
    String[] template = {"--set", "signature=Best, {{from_name}}", "--workspace", "globex"};

    Ended ended = preview("1", template);

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(page()).contains("Gina of globex").doesNotContain("Anna");
    assertThat(acme.offsets()).isEmpty();
  }

  /** Only the account list of the workspace knows that the address is that of account 3. */
  @Test
  void anAddressIsLookedUpInTheWorkspacesOfTheFile() throws IOException {
    program.file("rows.csv", "id,email,signature,workspace", "3,,From globex,globex");

    Ended ended = preview("a3@example.com");

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(page()).contains("From globex");
    assertThat(acme.offsets()).isEmpty();
  }
}
