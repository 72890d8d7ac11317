package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class PreviewCommandTest extends AgainstFakeSmartlead {

  PreviewCommandTest() {
    super(250);
  }

  private Ended preview(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "preview";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return api.run(program, all);
  }

  private String page(String name) throws IOException {
    return Files.readString(home.resolve(name));
  }

  private static void assertRefused(Ended ended, String words) {
    assertThat(ended.err()).contains(words);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.exitCode()).isEqualTo(2);
  }

  @Test
  void whatTheRowAloneSaysTakesNoCallAndNoKey() throws IOException {
    program.file("rows.csv", "id,signature", "3,<p>Anna & Co</p>", "4,");

    Ended ended = program.run("preview", "rows.csv", "--account", "3");

    assertThat(ended.err()).isEmpty();
    assertThat(ended.out().strip()).isEqualTo(home.resolve("preview-3.html").toString());
    assertThat(ended.exitCode()).isZero();
    assertThat(page("preview-3.html"))
        .contains("srcdoc=\"&lt;p&gt;Anna &amp; Co&lt;/p&gt;\"")
        .contains("<td>3</td>", "Address</th><td>not read");
    assertThat(home.resolve("var")).doesNotExist();
  }

  @Test
  void theAccountIsReadWhereTheTemplateTakesItsValues() throws IOException {
    program.file("rows.csv", "id,first_name,max_email_per_day", "103,Anna,40", "4,Ben,");
    program.file("t.html", "<p>{{first_name}} <b>{{from_email}}</p>");

    Ended ended =
        preview("rows.csv", "--account", "103", "--set", "signature=@t.html", "--out", "p.html");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out().strip()).isEqualTo(home.resolve("p.html").toString());
    assertThat(ended.err()).contains("warning: signature: line 1: found \"<b>\"");
    assertThat(api.offsets()).as("pages until it is found").containsExactly(0L, 99L);
    assertThat(api.updates()).isEmpty();
    assertThat(page("p.html"))
        .contains("&lt;p&gt;Anna &lt;b&gt;a103@example.com&lt;/p&gt;")
        .contains("Signature of a103@example.com")
        .contains("Name</th><td>Anna<", "Daily limit</th><td>40<", "Client</th><td>7<")
        .contains("<li>line 1: found &quot;&lt;b&gt;&quot;");
  }

  @Test
  void idAndAddressAreBothGoodNames() throws IOException {
    program.file("addresses.csv", "email,first_name", "A7@Example.com,Anna");
    program.file("ids.csv", "id", "7");

    assertThat(
            preview(
                    "addresses.csv",
                    "--account",
                    "a7@example.com",
                    "--set",
                    "signature={{first_name}}")
                .out())
        .contains("preview-A7@Example.com.html");
    assertThat(api.offsets()).isEmpty();
    assertThat(
            preview("addresses.csv", "--account", "7", "--set", "signature={{first_name}}").out())
        .contains("preview-7.html");
    assertThat(preview("ids.csv", "--account", "A7@example.com", "--set", "signature={{id}}").out())
        .contains("preview-7.html");
    assertThat(page("preview-7.html")).contains("srcdoc=\"7\"");
  }

  @Test
  void worksInTheSandboxAndFromAPipe() throws IOException {
    program.withInput("id\n10000001\n");

    Ended ended =
        program.run(
            "preview", "-", "--sandbox", "--account", "10000001", "--set", "signature={{email}}");

    assertThat(ended.exitCode()).isZero();
    assertThat(page("preview-10000001.html")).contains("10000001@");
  }

  @Test
  void whatIsNotThereIsRefused() throws IOException {
    program.file("rows.csv", "id,email,signature", "3,,x", ",a500@example.com,x", "5,,");

    assertRefused(preview("rows.csv", "--account", "9"), "rows.csv: no row is for account 9");
    assertRefused(preview("rows.csv", "--account", "900"), "the account list has no account 900");
    assertRefused(preview("rows.csv", "--account", "5"), "line 4: the row sets no signature");
    assertRefused(
        preview("rows.csv", "--account", "me"), "--account: found \"me\", expected an id");
    assertRefused(preview("rows.csv"), "--account");
    assertRefused(preview("rows.csv", "--account", "3", "--out", "."), "--out .: is a folder");
    program.file("ids.csv", "id,signature", "3,x");
    api.forget();
    assertRefused(preview("ids.csv", "--account", "9"), "no row is for account 9");
    assertThat(api.offsets()).as("nothing could be found").isEmpty();
  }

  @Test
  void aRowThatIsInvalidHasNoPage() throws IOException {
    program.file("rows.csv", "id,first_name", "3,", "4,Ben", "4,Ben");

    Ended ended = preview("rows.csv", "--account", "3", "--set", "signature={{first_name}}");
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("line 2, account 3: signature: {{first_name}} is empty");
    assertThat(preview("rows.csv", "--account", "4", "--set", "signature={{first_name}}").err())
        .contains("account 4 also in line 4");
    api.account(3).putNull("from_name");
    assertThat(
            preview(
                    "rows.csv",
                    "--account",
                    "3",
                    "--set",
                    "signature={{from_name}} {{first_name|}}")
                .err())
        .contains("line 2, account 3: signature: {{from_name}} is empty");
    assertThat(home.resolve("preview-3.html")).doesNotExist();
  }

  @Test
  void aListThatCannotBeReadIsToldByTheExitCode() throws IOException {
    program.file("rows.csv", "id", "3");
    api.script = call -> new Answer(401, "{\"error\":\"Invalid API Key\"}");

    Ended ended = preview("rows.csv", "--account", "3", "--set", "signature={{from_name}}");

    assertThat(ended.exitCode()).isEqualTo(3);
  }
}
