package io.github.smartleadbulk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.TestProgram.Ended;
import io.github.smartleadbulk.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sandbox --keys}. */
@Timeout(60)
class SandboxKeysTest {

  private static final List<String> IN_64_MEGABYTES =
      List.of("bash", "-c", "java=$1; shift; exec \"$java\" -Xmx64m \"$@\"", "-");

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path home;

  private Ended refused(String... lines) throws IOException {
    TestProgram program = new TestProgram(home);
    program.file("keys.csv", lines);
    Ended ended = program.run("sandbox", "--keys", "keys.csv");
    assertThat(ended.exitCode()).as(ended.out()).isEqualTo(2);
    assertThat(ended.err()).doesNotContain("s3cret");
    return ended;
  }

  @Test
  void everythingThatIsWrongWithTheKeysIsToldAtOnceAndNoKeyIsShown() throws IOException {
    Ended ended =
        refused(
            "key,accounts,rate,name",
            "s3cret-a,27,standard,acme",
            ",27,,globex",
            "s3cret-a,27,,initech",
            "s3cret-b,0,,",
            "s3cret-c,many,\"10/s,5/x\",hooli",
            "s3cret-d,1.000,5/q,acme",
            "s3 cret,10000001,,",
            "s3cret-e,3,10/s,60/min,umbrella",
            ",,,");

    assertThat(ended.err())
        .isEqualToNormalizingNewlines(
            """
            error: keys.csv: the keys cannot be used
              line 3: key: found a blank cell, expected an API key
              line 4: key: found the key of line 2, expected another key
              line 5: accounts: found "0", expected a whole number from 1 to 10000000
              line 6: accounts: found "many", expected a whole number from 1 to 10000000
              line 6: rate: found "5/x", expected standard, pro, unlimited or windows such as 10/s,60/min,1000/h,10/2s
              line 7: name: found "acme", the name of the key in line 2, expected another name
              line 7: accounts: found "1.000", expected a whole number from 1 to 10000000; the separator can mean decimals or thousands: give the column a number format without separators and decimals
              line 7: rate: found "5/q", expected standard, pro, unlimited or windows such as 10/s,60/min,1000/h,10/2s
              line 8: key: the API key holds white space or control characters, expected one word
              line 8: accounts: found "10000001", expected a whole number from 1 to 10000000
              line 9: found 5 cells, expected 4 as in the header; look for a missing or extra quote or delimiter
            """);
  }

  @Test
  void aHeaderWithUnknownColumnsIsRefused() throws IOException {
    assertThat(refused("key,acounts,id", "s3cret,27,1").err())
        .isEqualToNormalizingNewlines(
            """
            error: keys.csv, line 1: the header cannot be used
              column 2: found "acounts", expected a known name; the nearest is accounts
              column 3: found "id", expected a known name
              the known names are key, accounts, rate, name
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'accounts,rate\n27,pro\n' | keys.csv: found no column key, expected a column with the API keys",
        "'key,accounts\n,,\n' | 'keys.csv: found no rows, expected at least one row with an API key'",
        "'s3cret-a,27\ns3cret-b,27\n' | 'keys.csv, line 1: found no known column name, expected a header such as key,accounts,rate,name'",
        "'s3cret-a\n' | 'keys.csv, line 1: found no known column name, expected a header such as key,accounts,rate,name'",
      })
  void aFileWithoutKeysIsRefused(String content, String message) throws IOException {
    assertThat(refused(content.replace("\\n", "\n").strip()).err())
        .isEqualToNormalizingNewlines("error: " + message + "\n");
  }

  @Test
  void aMissingFileAFolderAndAnotherKeyAreRefused() throws IOException {
    TestProgram program = new TestProgram(home);
    program.file("keys.csv", "key", "s3cret");
    Files.createDirectory(home.resolve("folder"));

    assertThat(program.run("sandbox", "--keys", "none.csv").err())
        .startsWith("error: ")
        .contains("none.csv: no such file");
    assertThat(program.run("sandbox", "--keys", "folder").err())
        .isEqualToNormalizingNewlines(
            "error: folder: is a folder, expected a CSV file with keys\n");
    assertThat(program.run("sandbox", "--keys", "keys.csv", "--key", "k").err())
        .isEqualToNormalizingNewlines(
            "error: --key cannot be combined with --keys: add the key to the file\n");
  }

  private ProgramProcess start(List<String> launcher, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("sandbox", "--keys"));
    all.add(home.resolve("keys.csv").toString());
    all.addAll(List.of(options));
    return ProgramProcess.start(home, "unused", launcher, all);
  }

  private static String url(ProgramProcess sandbox) throws Exception {
    Matcher url = Pattern.compile("--base-url (\\S+)\n").matcher(sandbox.out());
    while (!url.find()) {
      assertThat(sandbox.endsWithin(20)).as(sandbox.err()).isFalse();
      url.reset(sandbox.out());
    }
    return url.group(1);
  }

  private HttpResponse<String> call(String url, String key, String path, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + "/email-accounts/" + path + "?api_key=" + key));
    if (!body.isEmpty()) {
      request.POST(HttpRequest.BodyPublishers.ofString(body));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static long accountsIn(HttpResponse<String> list) {
    return Pattern.compile("\"from_email\"").matcher(list.body()).results().count();
  }

  /** Blank cells mean what the command says. */
  @Test
  void everyKeyHasTheAccountsAndWindowsOfItsRow() throws Exception {
    new TestProgram(home)
        .file(
            "keys.csv",
            "Key;Accounts;Rate;Name",
            "s3cret-a;2;1/h;acme",
            "s3cret-b;;\"9/s,2/h\";",
            "",
            "s3cret-c;4;;");
    try (ProgramProcess sandbox = start(List.of(), "--accounts", "3", "--rate", "3/h", "-v")) {
      String url = url(sandbox);

      assertThat(sandbox.out())
          .isEqualToNormalizingNewlines(
              "Sandbox at %s: 3 keys with 9 accounts, ids from 10000001 for each key. Press Ctrl-C to stop it. Try it in another terminal, with one of the keys:\n\n  SMARTLEAD_API_KEY=KEY ./run.sh update samples/nightly-ramp.csv --base-url %s\n"
                  .formatted(url, url));
      int calls = 1;
      for (String key : List.of("s3cret-a", "s3cret-b", "s3cret-c")) {
        assertThat(accountsIn(call(url, key, "", ""))).as(key).isEqualTo(calls + 1);
        for (int call = 2; call <= calls; call++) {
          assertThat(call(url, key, "", "").statusCode())
              .as("%s, call %d", key, call)
              .isEqualTo(200);
        }
        assertThat(call(url, key, "", "").statusCode()).as(key).isEqualTo(429);
        calls++;
      }
      assertThat(call(url, "s3cret-d", "", "").statusCode()).isEqualTo(401);

      assertThat(sandbox.err())
          .contains("keyName=acme,", "keyName=key 2,", "keyName=key 3,", "keyName=null,")
          .doesNotContain("s3cret");
    }
  }

  @Test
  void aStoreKeepsTheAccountsOfEveryKey() throws Exception {
    new TestProgram(home).file("keys.csv", "key", "s3cret-a", "s3cret-b");
    String store = home.resolve("accounts.store").toString();
    String id = Long.toString(Sandbox.FIRST_ACCOUNT_ID);
    try (ProgramProcess sandbox = start(List.of(), "--store", store)) {
      String url = url(sandbox);
      assertThat(call(url, "s3cret-a", id, "{\"from_name\":\"A\"}").statusCode()).isEqualTo(200);
      assertThat(call(url, "s3cret-b", id, "{\"from_name\":\"B\"}").statusCode()).isEqualTo(200);
      sandbox.kill();
    }
    try (ProgramProcess sandbox = start(List.of(), "--store", store)) {
      String url = url(sandbox);
      assertThat(call(url, "s3cret-a", id, "").body()).contains("\"from_name\":\"A\"");
      assertThat(call(url, "s3cret-b", id, "").body()).contains("\"from_name\":\"B\"");
    }
  }

  @Test
  void aThousandKeysFitInASmallHeap() throws Exception {
    new TestProgram(home)
        .file(
            "keys.csv",
            "key,accounts,rate",
            IntStream.range(0, 1_000)
                .mapToObj(key -> "s3cret-" + key + ",27,standard")
                .collect(Collectors.joining("\n")));
    try (ProgramProcess sandbox =
        start(IN_64_MEGABYTES, "--store", home.resolve("accounts.store").toString())) {
      String url = url(sandbox);

      for (int key = 0; key < 1_000; key++) {
        assertThat(accountsIn(call(url, "s3cret-" + key, "", ""))).isEqualTo(27);
        assertThat(call(url, "s3cret-" + key, "10000027", "{\"from_name\":\"N\"}").statusCode())
            .isEqualTo(200);
      }
      assertThat(sandbox.err()).isEmpty();
    }
  }
}
