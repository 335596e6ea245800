package wsp;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.TimeUnit;

@AnalyzeClasses(packages = "wsp", importOptions = ImportOption.DoNotIncludeJars.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule only_the_listener_knows_grizzly_and_tyrus =
      noClasses()
          .that()
          .resideOutsideOfPackage("wsp.server.listener")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.glassfish..", "jakarta.."));

  @ArchTest
  static final ArchRule the_listener_does_not_know_the_server =
      noClasses()
          .that()
          .resideInAPackage("wsp.server.listener..")
          .should()
          .dependOnClassesThat(Predicates.resideInAPackage("wsp.server"));

  @ArchTest
  static final ArchRule packages_have_no_cycles =
      slices().matching("wsp.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule only_the_main_class_exits =
      noClasses()
          .that()
          .haveNameNotMatching("wsp\\.server\\.ServerMain(\\$End)?")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule nobody_sleeps =
      noClasses()
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class)
          .orShould()
          .callMethod(TimeUnit.class, "sleep", long.class);
}
