package io.github.smartleadbulk;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The packages as {@code docs/architecture.md} draws them, and the fences around the libraries. */
final class ArchitectureTest {

  private static final String ROOT = "io.github.smartleadbulk";

  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static String in(String name) {
    return ROOT + "." + name + "..";
  }

  /** A library stays behind its fence: only these packages know it. */
  private static void assertOnlyIn(List<String> packages, DescribedPredicate<JavaClass> library) {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages.stream().map(ArchitectureTest::in).toArray(String[]::new))
        .should()
        .dependOnClassesThat(library)
        .check(PROGRAM);
    for (String name : packages) {
      assertThat(
              PROGRAM.stream()
                  .filter(resideInAPackage(in(name)))
                  .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                  .anyMatch(dependency -> library.test(dependency.getTargetClass())))
          .as("%s still needs its place inside the fence", name)
          .isTrue();
    }
  }

  @Test
  void arrowsOnlyGoDown() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("cli")
        .definedBy(in("cli"))
        .layer("job")
        .definedBy(in("job"))
        .layer("state")
        .definedBy(in("state"))
        .layer("input")
        .definedBy(in("input"))
        .layer("client")
        .definedBy(in("client"))
        .layer("plan")
        .definedBy(in("plan"))
        .layer("result")
        .definedBy(in("result"))
        .layer("ramp")
        .definedBy(in("ramp"))
        .layer("template")
        .definedBy(in("template"))
        .layer("sandbox")
        .definedBy(in("sandbox"))
        .layer("journal")
        .definedBy(in("journal"))
        .layer("file")
        .definedBy(in("file"))
        .layer("account")
        .definedBy(in("account"))
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("job")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("state")
        .mayOnlyBeAccessedByLayers("cli", "job")
        .whereLayer("input")
        .mayOnlyBeAccessedByLayers("cli", "job")
        .whereLayer("client")
        .mayOnlyBeAccessedByLayers("cli", "job")
        .whereLayer("plan")
        .mayOnlyBeAccessedByLayers("cli", "job")
        .whereLayer("result")
        .mayOnlyBeAccessedByLayers("cli", "job")
        .whereLayer("ramp")
        .mayOnlyBeAccessedByLayers("cli", "job")
        .whereLayer("template")
        .mayOnlyBeAccessedByLayers("cli", "job")
        .whereLayer("sandbox")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("journal")
        .mayOnlyBeAccessedByLayers("state")
        .whereLayer("file")
        .mayOnlyBeAccessedByLayers("cli", "job", "state", "result", "journal")
        .check(PROGRAM);
  }

  @Test
  void everyPackageIsInThePicture() {
    Set<String> packages =
        PROGRAM.stream()
            .map(JavaClass::getPackageName)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(packages)
        .containsExactly(
            ROOT + ".account",
            ROOT + ".cli",
            ROOT + ".client",
            ROOT + ".file",
            ROOT + ".input",
            ROOT + ".job",
            ROOT + ".journal",
            ROOT + ".plan",
            ROOT + ".ramp",
            ROOT + ".result",
            ROOT + ".sandbox",
            ROOT + ".state",
            ROOT + ".template");
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(PROGRAM);
  }

  @Test
  void accountIsValuesOnly() {
    classes()
        .that()
        .resideInAPackage(in("account"))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(in("account"), "java.lang..", "java.util..", "java.time..")
                .or(resideInAPackage("org.jspecify.annotations")))
        .check(PROGRAM);
  }

  @Test
  void filesAndJournalsKnowNothingOfWhatIsInThem() {
    classes()
        .that()
        .resideInAnyPackage(in("file"), in("journal"))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(in("file"), in("journal"), "java..", "org.jspecify.annotations"))
        .check(PROGRAM);
  }

  /** No files and no clock: a limit is the same whenever and wherever it is computed. */
  @Test
  void rampComputesOnly() {
    classes()
        .that()
        .resideInAPackage(in("ramp"))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    in("ramp"), in("account"), "java.lang..", "java.util..", "java.time..")
                .or(resideInAPackage("org.jspecify.annotations")))
        .check(PROGRAM);
    noClasses()
        .that()
        .resideInAPackage(in("ramp"))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe("reads a clock", call -> call.getName().equals("now")))
        .check(PROGRAM);
  }

  @Test
  void picocliIsOnlyInCli() {
    assertOnlyIn(List.of("cli"), resideInAPackage("picocli.."));
  }

  @Test
  void retrofitAndOkHttpAreOnlyInClient() {
    assertOnlyIn(List.of("client"), resideInAnyPackage("retrofit2..", "okhttp3..", "okio.."));
  }

  @Test
  void serverIsOnlyInSandbox() {
    assertOnlyIn(List.of("sandbox"), resideInAPackage("com.sun.net.httpserver.."));
  }

  @Test
  void jacksonIsOnlyWhereJsonIs() {
    assertOnlyIn(
        List.of("client", "sandbox", "result", "state", "cli"),
        resideInAPackage("tools.jackson.."));
  }

  @Test
  void cliOnlyStreamsJson() {
    noClasses()
        .that()
        .resideInAPackage(in("cli"))
        .should()
        .dependOnClassesThat(
            resideInAPackage("tools.jackson.databind..")
                .and(DescribedPredicate.not(simpleName("JsonMapper")))
                .and(DescribedPredicate.not(simpleName("ObjectMapper"))))
        .check(PROGRAM);
  }

  @Test
  void commonsCsvIsOnlyInInputAndResult() {
    assertOnlyIn(List.of("input", "result"), resideInAPackage("org.apache.commons.csv.."));
  }

  @Test
  void mustacheAndJsoupAreOnlyInTemplate() {
    assertOnlyIn(List.of("template"), resideInAPackage("com.samskivert.."));
    assertOnlyIn(List.of("template"), resideInAPackage("org.jsoup.."));
  }

  /** Templates are pure: text in, text out. */
  @Test
  void templateKnowsNeitherFilesNorNetwork() {
    classes()
        .that()
        .resideInAPackage(in("template"))
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                in("template"),
                in("account"),
                "com.samskivert..",
                "org.jsoup.nodes",
                "org.jsoup.parser",
                "org.jspecify.annotations",
                "java.lang",
                "java.lang.invoke",
                "java.util..",
                "java.nio.charset"))
        .check(PROGRAM);
  }

  @Test
  void springBatchIsOnlyInJob() {
    assertOnlyIn(List.of("job"), resideInAPackage("org.springframework.batch.."));
  }

  @Test
  void springIsOnlyInJobAndState() {
    assertOnlyIn(List.of("job", "state"), resideInAPackage("org.springframework.."));
  }

  @Test
  void sqlIsOnlyInState() {
    assertOnlyIn(
        List.of("state"),
        resideInAnyPackage("java.sql..", "org.h2..", "org.springframework.jdbc.core.."));
    noClasses()
        .that()
        .resideInAPackage(in("job"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("javax.sql..", "org.springframework.jdbc..")
                .and(DescribedPredicate.not(simpleName("DataSource")))
                .and(DescribedPredicate.not(simpleName("JdbcTransactionManager"))))
        .check(PROGRAM);
  }

  /** The key is read by the command line and told by nobody else. */
  @Test
  void keyIsKnownToClientAndCliOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("client"), in("cli"))
        .should()
        .dependOnClassesThat(simpleName("ApiKey"))
        .check(PROGRAM);
  }

  @Test
  void classesAreFinalUnlessTheyAreMadeToBeExtended() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .areNotAnonymousClasses()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(PROGRAM);
  }

  @Test
  void everyPackageSaysWhatMayBeNull() {
    Set<String> unmarked =
        PROGRAM.getPackage(ROOT).getSubpackages().stream()
            .filter(one -> !one.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .collect(Collectors.toSet());

    assertThat(unmarked).isEmpty();
  }
}
