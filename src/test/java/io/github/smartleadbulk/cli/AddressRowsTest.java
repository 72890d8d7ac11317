package io.github.smartleadbulk.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.cli.FakeSmartlead.Answer;
import io.github.smartleadbulk.cli.TestProgram.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Rows that name their account by its address. */
class AddressRowsTest extends AgainstFakeSmartlead {

  AddressRowsTest() {
    super(450);
  }

  private Ended update(List<String> more, String... lines) throws IOException {
    program.file("rows.csv", lines);
    List<String> all = new ArrayList<>(List.of("update", "rows.csv"));
    all.addAll(more);
    return api.run(program, all.toArray(String[]::new));
  }

  private Ended update(String... lines) throws IOException {
    return update(List.of(), lines);
  }

  private List<String> results() throws IOException {
    return Files.readAllLines(program.runFile(1, "results.csv")).stream()
        .skip(1)
        .map(line -> line.substring(0, line.lastIndexOf(',')))
        .toList();
  }

  @Test
  void areLookedUpWhereverTheyStandInTheList() throws IOException {
    Ended ended =
        update(
            "Email;max_email_per_day",
            "a449@example.com;33",
            " A2@Example.COM ;33",
            "a3@example.com;20");

    assertThat(ended.exitCode()).isZero();
    assertThat(api.offsets()).containsExactly(0L, 99L, 198L, 297L, 396L, 450L);
    assertThat(api.updates())
        .containsExactlyInAnyOrder(
            "449 {\"max_email_per_day\":33}", "2 {\"max_email_per_day\":33}");
    assertThat(results())
        .containsExactly(
            "1,2,449,updated,max_email_per_day,200,1,",
            "2,3,2,updated,max_email_per_day,200,1,",
            "3,4,3,unchanged,,,,");
    assertThat(program.runFile(1, "before.csv"))
        .hasContent("email_account_id,max_email_per_day,_message\n449,20,\n2,20,\n");
  }

  @Test
  void mayStandBesideRowsWithAnId() throws IOException {
    Ended ended =
        update(
            "id,from_email,from_name",
            "4,,Ben",
            ",a5@example.com,Ben",
            "6,A6@example.com,Ben",
            ",a7@example.com,",
            ",,Ben");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updated()).containsExactly(4L, 5L, 6L);
    assertThat(results().get(3)).startsWith("4,5,").contains(",skipped,");
    assertThat(results().get(4)).startsWith("5,6,,invalid,");
  }

  @Test
  void anUnknownAddressFailsAndIsNotSent() throws IOException {
    api.account(9).remove("from_email");
    api.account(10).putNull("from_email");

    Ended ended = update("from_email,from_name", "nobody@example.com,Ben", "a9@example.com,Ben");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updates()).isEmpty();
    assertThat(results())
        .containsExactly(
            "1,2,,failed,,,,no account has the address nobody@example.com",
            "2,3,,failed,,,,no account has the address a9@example.com");
    assertThat(program.runFile(1, "failed.csv"))
        .content()
        .startsWith("from_email,from_name,_status,_message\nnobody@example.com,Ben,failed,");
  }

  @Test
  void twoAccountsWithOneAddressFailNamingBoth() throws IOException {
    api.account(440).put("from_email", "A4@example.com");

    Ended ended = update("from_email,id,from_name", "a4@example.com,,Ben", "a4@example.com,5,Ben");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updates()).isEmpty();
    assertThat(results())
        .containsExactly(
            "1,2,,failed,,,,accounts 4 and 440 have the address a4@example.com: give the id",
            "2,3,5,failed,,,,\"account 5 has the address a5@example.com, not a4@example.com\"");
  }

  @Test
  void anIdTellsTwoAccountsWithOneAddressApart() throws IOException {
    api.account(440).put("from_email", "A4@example.com");
    String[] rows = {"from_email,id,from_name", "a4@example.com,440,Ben"};

    assertThat(update(rows).exitCode()).as("not seen in one page").isEqualTo(1);
    assertThat(results())
        .containsExactly(
            "1,2,440,failed,,,,\"the address a4@example.com belongs to account 4, but it may also belong to account 440: to find out, add --snapshot full\"");

    assertThat(update(List.of("--snapshot", "full"), rows).exitCode()).isZero();
    assertThat(api.updated()).containsExactly(440L);
  }

  @Test
  void anIdAndAnAddressThatDoNotMatchFail() throws IOException {
    Ended ended =
        update(
            "id,from_email,from_name",
            "4,a5@example.com,Ben",
            "6,x@example.com,Ben",
            "77777,a7@example.com,Ben");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updates()).isEmpty();
    assertThat(results())
        .containsExactly(
            "1,2,4,failed,,,,\"account 4 has the address a4@example.com, not a5@example.com\"",
            "2,3,6,failed,,,,\"account 6 has the address a6@example.com, not x@example.com\"",
            "3,4,77777,failed,,,,\"the address a7@example.com belongs to account 7, but it may also belong to account 77777: to find out, add --snapshot full\"");
  }

  @Test
  void oneAccountByIdAndByAddressIsInvalidTwice() throws IOException {
    Ended ended = update("id,from_email,from_name", "4,,Ben", "5,,Ben", ",A4@example.com,Ben");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updated()).containsExactly(5L);
    assertThat(results().get(0)).contains("1,2,4,invalid,").contains("also in line 4");
    assertThat(results().get(2)).contains("3,4,4,invalid,").contains("also in line 2");
    assertThat(ended.err())
        .contains(
            "2 rows name an account that another row names too, one by id and the other by address");
  }

  @Test
  void rowsOfOneAccountAreJoinedWhereTold() throws IOException {
    Ended ended =
        update(
            List.of("--duplicates", "merge"),
            "id,from_email,from_name,max_email_per_day",
            "4,,Ben,",
            ",a4@example.com,,33",
            "5,,Ben,",
            ",a5@example.com,Zoe,");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(api.updates()).containsExactly("4 {\"max_email_per_day\":33,\"from_name\":\"Ben\"}");
    assertThat(results().get(0)).isEqualTo("1,2,4,updated,max_email_per_day;from_name,200,1,");
    assertThat(results().get(1))
        .isEqualTo("2,3,4,updated,max_email_per_day;from_name,200,1,joined with line 2");
    assertThat(results().get(2)).contains(",invalid,").contains("Zoe");
    assertThat(results().get(3)).contains(",invalid,").contains("Ben");
    assertThat(program.runFile(1, "before.csv"))
        .hasContent("email_account_id,max_email_per_day,from_name,_message\n4,20,Anna,\n");
  }

  @Test
  void strictLooksAtAddressesToo() throws IOException {
    Ended ended =
        update(List.of("--strict"), "id,from_email,from_name", "4,,Ben", ",a4@example.com,Ben");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("2 of 2 rows are invalid and --strict is set");
    assertThat(api.updates()).isEmpty();
  }

  @Test
  void cannotDoWithoutTheList() throws IOException {
    Ended ended =
        update(List.of("--snapshot", "none"), "from_email,from_name", "a4@example.com,Ben");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("--snapshot none");
    assertThat(api.offsets()).isEmpty();
    assertThat(update("from_email,from_name", "a4@example.com,Ben").exitCode()).isZero();
    assertThat(
            update(List.of("--snapshot", "none"), "from_email,id,from_name", "a4@example.com,4,Zoe")
                .exitCode())
        .isZero();
  }

  @Test
  void aRunIsResumedWithTheAccountsThatItHadFound() throws IOException {
    String rows =
        LongStream.rangeClosed(1, 20)
            .mapToObj(id -> "a" + id + "@example.com,Ben")
            .collect(joining("\n"));
    api.script = call -> call.account() == 9 ? new Answer(401, "{\"message\":\"no\"}") : null;
    assertThat(update(List.of("--concurrency", "1"), "from_email,from_name", rows).exitCode())
        .isEqualTo(3);
    api.script = call -> null;
    api.forget();

    assertThat(api.run(program, "resume").exitCode()).isZero();

    assertThat(api.offsets()).isEmpty();
    assertThat(api.updated()).hasSizeLessThan(20).contains(9L, 20L).doesNotContain(1L);
    assertThat(results()).hasSize(20).allMatch(line -> line.contains(",updated,from_name,"));
    assertThat(Files.readAllLines(program.runFile(1, "before.csv"))).hasSize(21);
    assertThat(api.run(program, "rollback", "1").exitCode()).isZero();
    assertThat(Arrays.asList(1L, 20L))
        .allMatch(id -> api.account(id).get("from_name").stringValue().equals("Anna"));
  }
}
