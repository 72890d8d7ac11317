package io.github.smartleadbulk;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

  /** From the top to the bottom; a package may use those below its own line. */
  private static final List<Set<String>> LAYERS =
      List.of(
          Set.of("cli"),
          Set.of("cli.doctor"),
          Set.of("cli.output"),
          Set.of("cli.target"),
          Set.of("cli.option"),
          Set.of("cli.config"),
          Set.of("cli.process", "notify", "metrics", "page"),
          Set.of("job", "history", "cluster"),
          Set.of("run"),
          Set.of("guard"),
          Set.of("fill", "workspace"),
          Set.of("state", "input", "plan", "client", "result", "template", "ramp", "sandbox"),
          Set.of("store"),
          Set.of("postgres"),
          Set.of("journal", "csv", "api"),
          Set.of("account", "file"));

  /** The stages of a row do not know each other: what they have in common is below them. */
  private static final Map<String, Set<String>> USES =
      Map.of(
          "state", Set.of("store", "postgres", "journal", "account", "file"),
          "input", Set.of("csv", "account"),
          "plan", Set.of("account"),
          "client", Set.of("api", "account"),
          "result", Set.of("account", "file"),
          "template", Set.of("account"),
          "ramp", Set.of("account"),
          "sandbox", Set.of("account"));

  private static final int MOST_TYPES = 35;

  private static String simpleName(String packageName) {
    return packageName.substring(Math.min(packageName.length(), ROOT.length() + 1));
  }

  private static Map<String, Set<String>> usedByPackage() {
    Map<String, Set<String>> used = new TreeMap<>();
    for (JavaClass type : PROGRAM) {
      String user = simpleName(type.getPackageName());
      Set<String> others = used.computeIfAbsent(user, name -> new TreeSet<>());
      type.getDirectDependenciesFromSelf().stream()
          .map(dependency -> dependency.getTargetClass().getPackageName())
          .filter(name -> name.startsWith(ROOT))
          .map(ArchitectureTest::simpleName)
          .filter(name -> !name.equals(user))
          .forEach(others::add);
    }
    return used;
  }

  @Test
  void arrowsOnlyGoDown() {
    usedByPackage()
        .forEach(
            (user, used) -> {
              int layer = layerOf(user);
              assertThat(used).as(user).allMatch(name -> layerOf(name) > layer);
            });
  }

  private static int layerOf(String name) {
    for (int i = 0; i < LAYERS.size(); i++) {
      if (LAYERS.get(i).contains(name)) {
        return i;
      }
    }
    throw new AssertionError(name + " is not in the picture");
  }

  @Test
  void stagesDoNotKnowEachOther() {
    Map<String, Set<String>> used = usedByPackage();
    USES.forEach((stage, allowed) -> assertThat(used.get(stage)).as(stage).isSubsetOf(allowed));
  }

  @Test
  void everyPackageIsInThePicture() {
    assertThat(usedByPackage().keySet())
        .containsExactlyInAnyOrderElementsOf(
            LAYERS.stream().flatMap(Set::stream).collect(Collectors.toSet()));
  }

  @Test
  void noPackageHoldsTooMuch() {
    Map<String, Long> typesByPackage =
        PROGRAM.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(typesByPackage)
        .allSatisfy((name, types) -> assertThat(types).isLessThanOrEqualTo(MOST_TYPES));
  }

  @Test
  void noTypeSharesItsNameWithAnother() {
    Map<String, Long> typesByName =
        PROGRAM.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.counting()));

    assertThat(typesByName).allSatisfy((name, types) -> assertThat(types).isEqualTo(1));
  }

  /** What the document says about the code must be findable in the code. */
  @Test
  void documentNamesTypesThatExist() throws IOException {
    Set<String> foreign = Set.of("Date", "JobOperator");
    Set<String> types;
    try (Stream<Path> files = Files.walk(Path.of("src"))) {
      types =
          files
              .map(file -> file.getFileName().toString())
              .filter(file -> file.endsWith(".java"))
              .map(file -> file.substring(0, file.length() - ".java".length()))
              .collect(Collectors.toSet());
    }

    Set<String> named =
        Pattern.compile("`([A-Z][a-z]\\w*)")
            .matcher(Files.readString(Path.of("docs", "architecture.md")))
            .results()
            .map(match -> match.group(1))
            .filter(name -> !foreign.contains(name))
            .collect(Collectors.toSet());

    assertThat(named).hasSizeGreaterThan(50).isSubsetOf(types);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(PROGRAM);
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
  void retrofitAndOkHttpAreOnlyInApi() {
    assertOnlyIn(List.of("api"), resideInAnyPackage("retrofit2..", "okhttp3..", "okio.."));
  }

  @Test
  void serverIsOnlyInSandbox() {
    assertOnlyIn(List.of("sandbox"), resideInAPackage("com.sun.net.httpserver.."));
  }

  @Test
  void jacksonIsOnlyWhereJsonIs() {
    assertOnlyIn(
        List.of("api", "sandbox", "result", "state", "cluster", "notify", "cli"),
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
                .and(DescribedPredicate.not(JavaClass.Predicates.simpleName("JsonMapper")))
                .and(DescribedPredicate.not(JavaClass.Predicates.simpleName("ObjectMapper"))))
        .check(PROGRAM);
  }

  @Test
  void commonsCsvIsOnlyInCsvAndResult() {
    assertOnlyIn(List.of("csv", "result"), resideInAPackage("org.apache.commons.csv.."));
  }

  @Test
  void prometheusIsOnlyInMetrics() {
    assertOnlyIn(List.of("metrics"), resideInAPackage("io.prometheus.."));
  }

  @Test
  void mustacheAndJsoupAreOnlyInTemplate() {
    assertOnlyIn(List.of("template", "page"), resideInAPackage("com.samskivert.."));
    assertOnlyIn(List.of("template"), resideInAPackage("org.jsoup.."));
  }

  @Test
  void chartsAreOnlyInPage() {
    assertOnlyIn(
        List.of("page"),
        resideInAnyPackage("org.jfree..", "org.apache.batik..", "java.awt..", "org.w3c.dom.."));
  }

  @Test
  void differencesAreOnlyInPlan() {
    assertOnlyIn(List.of("plan"), resideInAPackage("com.github.difflib.."));
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
                    "org.jsoup.safety",
                    "org.jspecify.annotations",
                    "java.lang",
                    "java.lang.invoke",
                    "java.util..",
                    "java.nio.charset")
                // In the signature of the engine's interface for sections.
                .or(JavaClass.Predicates.type(Writer.class)))
        .check(PROGRAM);
  }

  @Test
  void springBatchIsOnlyInJob() {
    assertOnlyIn(List.of("job"), resideInAPackage("org.springframework.batch.."));
  }

  @Test
  void springIsOnlyInJobAndState() {
    assertOnlyIn(List.of("job", "state", "postgres"), resideInAPackage("org.springframework.."));
  }

  @Test
  void sqlIsOnlyInState() {
    assertOnlyIn(
        List.of("state", "store", "postgres"),
        resideInAnyPackage("java.sql..", "org.h2..", "org.springframework.jdbc.core..")
            .and(DescribedPredicate.not(resideInAPackage("org.h2.mvstore.."))));
    noClasses()
        .that()
        .resideInAPackage(in("job"))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("javax.sql..", "org.springframework.jdbc..")
                .and(DescribedPredicate.not(JavaClass.Predicates.simpleName("DataSource")))
                .and(
                    DescribedPredicate.not(
                        JavaClass.Predicates.simpleName("JdbcTransactionManager"))))
        .check(PROGRAM);
  }

  @Test
  void keyValueStoreIsOnlyInStateAndSandbox() {
    assertOnlyIn(List.of("state", "store", "sandbox"), resideInAPackage("org.h2.mvstore.."));
  }

  @Test
  void postgresqlIsOnlyInPostgres() {
    assertOnlyIn(
        List.of("postgres"), resideInAnyPackage("org.postgresql..", "com.zaxxer.hikari.."));
  }

  @Test
  void dbSchedulerIsOnlyInCluster() {
    assertOnlyIn(List.of("cluster"), resideInAPackage("com.github.kagkarlsson.."));
  }

  /** The key is read by the command line and told by nobody else. */
  @Test
  void keyIsKnownToApiAndCliOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(in("api"), in("cli"))
        .should()
        .dependOnClassesThat(JavaClass.Predicates.simpleName("ApiKey"))
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
        PROGRAM.getPackage(ROOT).getSubpackagesInTree().stream()
            .filter(one -> !one.isAnnotatedWith(NullMarked.class))
            .map(JavaPackage::getName)
            .collect(Collectors.toSet());

    assertThat(unmarked).isEmpty();
  }
}
