package io.github.smartleadbulk.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whoever has to change this test, has to bring old state folders along. */
final class JobNamesTest {

  @TempDir private Path folder;

  @Test
  void namesThatOldStateFoldersHoldStay() throws Exception {
    try (Rehearsal rehearsal = new Rehearsal(folder)) {
      rehearsal.writeRows(1);
      rehearsal.update();
      List<String> names =
          rehearsal.inStore(
              store ->
                  JdbcClient.create(store.dataSource())
                      .sql(
                          """
                          SELECT 'job ' || JOB_NAME FROM BATCH_JOB_INSTANCE
                          UNION ALL SELECT 'parameter ' || PARAMETER_NAME || ' '
                            || PARAMETER_TYPE || ' ' || IDENTIFYING
                            FROM BATCH_JOB_EXECUTION_PARAMS
                          UNION ALL SELECT 'step ' || STEP_NAME FROM BATCH_STEP_EXECUTION
                          """)
                      .query(String.class)
                      .list());

      assertThat(names)
          .containsExactlyInAnyOrder(
              "job update",
              "parameter run java.lang.Long Y",
              "step inspect",
              "step snapshot",
              "step snapshot:default",
              "step check",
              "step update",
              "step update:default",
              "step results",
              "step report");
    }
  }
}
