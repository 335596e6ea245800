package wsp.client;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "wsp.client", importOptions = ImportOption.DoNotIncludeJars.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule only_what_does_io_knows_http_core =
      noClasses()
          .that()
          .resideOutsideOfPackages("wsp.client.net", "wsp.client.replay", "wsp.client.websocket")
          .should()
          .dependOnClassesThat(resideInAPackage("org.apache.hc.."));

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("wsp.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule what_does_io_does_not_know_who_uses_it =
      noClasses()
          .that()
          .resideInAnyPackage("wsp.client.net", "wsp.client.replay", "wsp.client.websocket")
          .should()
          .dependOnClassesThat(resideInAPackage("wsp.client"));

  @ArchTest
  static final ArchRule only_the_main_class_exits =
      noClasses()
          .that()
          .haveNameNotMatching("wsp\\.client\\.ClientMain(\\$End)?")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule nobody_sleeps =
      noClasses().should().callMethod(Thread.class, "sleep", long.class);
}
