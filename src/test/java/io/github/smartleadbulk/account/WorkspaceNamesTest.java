package io.github.smartleadbulk.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WorkspaceNamesTest {

  private static final WorkspaceNames THREE =
      WorkspaceNames.of("default", List.of("globex", "Acme"));

  @Test
  void usualOneIsKnownAndNamesAreSorted() {
    assertThat(THREE.known()).containsExactly("Acme", "default", "globex");
    assertThat(WorkspaceNames.none().known()).containsExactly("default");
    assertThat(WorkspaceNames.of("b", List.of("B", "a")).known()).containsExactly("a", "b");
  }

  @Test
  void nameIsFoundInAnyCase() {
    assertThat(THREE.find("ACME")).contains("Acme");
    assertThat(THREE.find("Globex")).contains("globex");
    assertThat(THREE.find("glob")).isEmpty();
    assertThat(THREE.find("")).isEmpty();
    WorkspaceNames many = many();
    assertThat(many.known()).allSatisfy(name -> assertThat(many.find(name)).contains(name));
  }

  @Test
  void messageNamesTheNearest() {
    assertThat(THREE.expected("acmee")).isEqualTo("an existing workspace; the nearest is Acme");
    assertThat(THREE.expected("GLOBAX")).isEqualTo("an existing workspace; the nearest is globex");
    assertThat(THREE.expected("initech")).isEqualTo("an existing workspace: Acme, default, globex");
    assertThat(many().expected("initech"))
        .isEqualTo(
            "an existing workspace: client-0, client-1, client-10, client-100, client-101 or one of"
                + " 996 others");
  }

  @Test
  void possibleNames() {
    assertThat(List.of("a", "Acme-2_x", "7", "a".repeat(40))).allMatch(WorkspaceNames::isPossible);
    assertThat(List.of("", "-a", "_a", "a b", "a.b", "ä", "a".repeat(41)))
        .noneMatch(WorkspaceNames::isPossible);
  }

  /** Beyond what is compared, names are still known and unknown ones still have a message. */
  @Test
  void wrongColumnHasAMessageForEveryCell() {
    WorkspaceCells cells = new WorkspaceCells(THREE);

    assertThat(cells.parse(" acme ")).isEqualTo("Acme");
    assertThat(cells.expected("Acmee")).isEqualTo("an existing workspace; the nearest is Acme");
    for (int i = 0; i < 2_000; i++) {
      assertThat(cells.expected("x" + i)).isEqualTo(THREE.expected());
    }
    assertThat(cells.expected("Acmee")).isEqualTo("an existing workspace; the nearest is Acme");
    assertThat(cells.expected("a".repeat(1_000_000))).isEqualTo(THREE.expected());
    assertThat(cells.parse("Globex")).isEqualTo("globex");
    assertThat(cells.usual()).isEqualTo("default");
  }

  private static WorkspaceNames many() {
    return WorkspaceNames.of(
        "default", IntStream.range(0, 1_000).mapToObj(i -> "client-" + i).toList());
  }
}
