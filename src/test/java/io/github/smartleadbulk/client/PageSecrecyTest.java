package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.AccountPage;
import io.github.smartleadbulk.api.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever a page comes to, the mailbox passwords in it are told to nobody. */
@Timeout(30)
class PageSecrecyTest {

  private static final String PASSWORD = "Hunter2";

  private static final String ACCOUNT =
      "{'id':7,'from_email':'a@x.example','from_name':'Anna','password':'Hunter2',"
          + "'imap_password':'Hunter2','smtp':{'password':'Hunter2','from_name':'Hunter2'}}";

  @RegisterExtension final Overheard overheard = new Overheard();

  @Test
  void thePasswordsInAPageAreToldToNobody() throws Exception {
    List<String> bodies = new ArrayList<>();
    String page = "[" + ACCOUNT + "]";
    for (int end = 0; end <= page.length(); end++) {
      bodies.add(page.substring(0, end));
    }
    for (int start = 1; start < page.length(); start += 7) {
      bodies.add(page.substring(start));
    }
    bodies.add(page + PASSWORD);
    bodies.add(page + page);
    bodies.add("HTTP " + page);
    bodies.add("'Hunter2'");
    bodies.add(PASSWORD);
    bodies.add(ACCOUNT);
    bodies.add("{'data':" + page + "}");
    bodies.add("{'message':" + page + "}");
    bodies.add("{'ok':false,'error':" + ACCOUNT + "}");
    bodies.add("[{'password':Hunter2}]");
    bodies.add("[{'password':'Hunter2\n'}]");
    bodies.add("[{'password':'Hunter2\\x'}]");
    bodies.add("[{'password':'Hunter2','id':Hunter2}]");
    bodies.add("[{'id':'Hunter2','message_per_day':'Hunter2','is_suspended':'Hunter2'}]");
    bodies.add("<" + page);
    // What says nothing good of the server is the end of a client without patience.
    List<String> markup =
        bodies.stream().filter(body -> body.stripLeading().startsWith("<")).toList();
    for (String body : bodies) {
      listAlone(500, body);
    }
    for (String body : markup) {
      listAlone(200, body);
      listAlone(404, body);
    }
    bodies.removeAll(markup);
    for (int status : List.of(200, 404, 408)) {
      list(status, bodies);
    }
    listAlone(403, page);
    // So is a refused key of any.
    list(401, List.of(page));
    listAlone(403, PASSWORD);
    refuseForGood(page);
    assertThat(overheard.said()).hasSizeGreaterThan(3 * bodies.size());
    assertThat(overheard.all()).contains("Anna").doesNotContain("unte");
  }

  private void list(int status, List<String> bodies) throws Exception {
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  String body = bodies.get(number - 1).replace('\'', '"');
                  RawServer.answer(connection, status, "", body);
                  return true;
                });
        SteppedClient stepped =
            new SteppedClient(Samples.withMaxAttempts(Samples.settings(server.url()), 1))) {
      for (int i = 0; i < bodies.size(); i++) {
        CompletableFuture<Answer> answer = stepped.feed(new AccountPage(0, AccountPage.ROWS, null));
        overheard.note(answer.get(5, TimeUnit.SECONDS));
      }
      stepped.client.stop();
      overheard.note(stepped.client.stopped());
      overheard.note(stepped.client.statistics());
    }
  }

  private void listAlone(int status, String body) throws Exception {
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  RawServer.answer(connection, status, "", body.replace('\'', '"'));
                  return true;
                });
        SteppedClient stepped =
            new SteppedClient(
                Samples.withMaxOutage(Samples.settings(server.url()), Duration.ZERO))) {
      overheard.note(
          stepped.feed(new AccountPage(0, AccountPage.ROWS, null)).get(5, TimeUnit.SECONDS));
      overheard.note(stepped.client.stopped());
    }
  }

  /** The message of a limit that stays exhausted stands in the reason of the client's stop. */
  private void refuseForGood(String page) throws Exception {
    try (RawServer server =
            RawServer.start(
                (number, connection) -> {
                  RawServer.answer(connection, 429, "", page.replace('\'', '"'));
                  return true;
                });
        SteppedClient stepped = new SteppedClient(Samples.settings(server.url()))) {
      overheard.note(stepped.run(stepped.feed(new AccountPage(0, AccountPage.ROWS, null))));
      overheard.note(stepped.client.stopped());
    }
  }
}
