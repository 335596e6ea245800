package wsp;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import wsp.testing.Fences;

@AnalyzeClasses(packages = "wsp", importOptions = ImportOption.DoNotIncludeJars.class)
class ArchitectureTest {
  @ArchTest static final ArchTests FENCES = ArchTests.in(Fences.class);

  /** See docs/names.md: the JDK reads, looks up and verifies names in its own way. */
  @ArchTest
  static final ArchRule onlyTheCodecAndTheConfigurationPrintKnowJackson =
      noClasses()
          .that()
          .haveNameNotMatching(
              "wsp\\.(envelope\\.EnvelopeCodec|config\\.JsonPrint|testing\\.Browser"
                  + "|observe\\.(AccessLog|GoAccess)Test|log\\.(JsonEncoder|LineLogger)Test)(\\$.*)?")
          .should()
          .dependOnClassesThat(resideInAPackage("com.fasterxml.."));

  @ArchTest
  static final ArchRule onlyTheConfigurationFileAndItsHelpersKnowSnakeyaml =
      noClasses()
          .that()
          .haveNameNotMatching("wsp\\.config\\.(ConfigFile|YamlTree|RuleLists)(\\$.*)?")
          .should()
          .dependOnClassesThat(resideInAPackage("org.yaml.."));

  @ArchTest
  static final ArchRule onlyRulesKnowRe2 =
      noClasses()
          .that()
          .resideOutsideOfPackage("wsp.rules")
          .should()
          .dependOnClassesThat(resideInAPackage("com.google.re2j.."));

  @ArchTest
  static final ArchRule onlyTheLogKnowsLogback =
      noClasses()
          .that()
          .resideOutsideOfPackage("wsp.log")
          .and()
          .haveNameNotMatching("wsp\\.observe\\.ExchangeLinesTest")
          .should()
          .dependOnClassesThat(resideInAPackage("ch.qos.logback.."));

  @ArchTest
  static final ArchRule onlyTheCommandLineKnowsPicocli =
      noClasses()
          .that()
          .resideOutsideOfPackage("wsp.cli")
          .should()
          .dependOnClassesThat(resideInAPackage("picocli.."));

  @ArchTest
  static final ArchRule onlyMetricsKnowPrometheus =
      noClasses()
          .that()
          .resideOutsideOfPackage("wsp.metrics")
          .should()
          .dependOnClassesThat(resideInAPackage("io.prometheus.."));

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("wsp.(*)..").should().beFreeOfCycles();
}
