package wsp.client;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.ByteBuffer;
import wsp.client.websocket.WebSocket;
import wsp.testing.Fences;

@AnalyzeClasses(packages = "wsp.client", importOptions = ImportOption.DoNotIncludeJars.class)
class ArchitectureTest {
  @ArchTest static final ArchTests FENCES = ArchTests.in(Fences.class);

  @ArchTest
  static final ArchRule onlyWhatDoesIoKnowsHttpCore =
      noClasses()
          .that()
          .resideOutsideOfPackages("wsp.client.net", "wsp.client.replay", "wsp.client.websocket")
          .should()
          .dependOnClassesThat(resideInAPackage("org.apache.hc.."));

  @ArchTest
  static final ArchRule onlyTheChooserSeesAnEngine =
      noClasses()
          .that()
          .resideOutsideOfPackages("wsp.client.replay", "wsp.client.httpclient", "wsp.fuzz")
          .and()
          .doNotHaveFullyQualifiedName("wsp.client.Engines")
          .and()
          .haveNameNotMatching(".*Test.*|.*WithHttpClient")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("wsp.client.replay", "wsp.client.httpclient", "java.net.http"));

  @ArchTest
  static final ArchRule enginesDoNotKnowEachOther =
      slices().matching("wsp.client.(replay|httpclient)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule onlyWiresKnowMessages =
      noClasses()
          .that()
          .resideInAPackage("wsp.client..")
          .and()
          .resideOutsideOfPackages("wsp.client.tunnel.v1", "wsp.client.tunnel.v2")
          .and()
          .haveNameNotMatching(".*(Test|Peer)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("wsp.envelope.EnvelopeCodec")
          .orShould()
          .callMethod(WebSocket.class, "text", String.class)
          .orShould()
          .callMethod(WebSocket.class, "binary", ByteBuffer.class, boolean.class, Runnable.class);

  @ArchTest
  static final ArchRule onlyTheChooserSeesAWire =
      noClasses()
          .that()
          .resideOutsideOfPackages("wsp.client.tunnel.v1", "wsp.client.tunnel.v2", "wsp.tunnel..")
          .and()
          .doNotHaveFullyQualifiedName("wsp.client.targets.Wires")
          .and()
          .haveNameNotMatching(".*Test(\\$.*)?")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("wsp.client.tunnel.v1", "wsp.client.tunnel.v2", "wsp.tunnel.v2"));

  @ArchTest
  static final ArchRule wiresDoNotKnowEachOther =
      slices().matching("wsp.client.tunnel.(*)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("wsp.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule whatDoesIoDoesNotKnowWhoUsesIt =
      noClasses()
          .that()
          .resideInAnyPackage(
              "wsp.client.httpclient",
              "wsp.client.net",
              "wsp.client.origin",
              "wsp.client.replay",
              "wsp.client.tunnel..",
              "wsp.client.websocket")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("wsp.client", "wsp.client.serve", "wsp.client.targets"));

  @ArchTest
  static final ArchRule whoRegistersAndWhoServesMeetAtTheWireOnly =
      slices().matching("wsp.client.(serve|targets)..").should().notDependOnEachOther();

  @ArchTest
  static final ArchRule whoRegistersKnowsNoOrigin =
      noClasses()
          .that()
          .resideInAnyPackage("wsp.client.targets", "wsp.client.websocket")
          .should()
          .dependOnClassesThat(resideInAPackage("wsp.client.origin"));

  @ArchTest
  static final ArchRule whoServesKnowsNoSocket =
      noClasses()
          .that()
          .resideInAPackage("wsp.client.serve")
          .should()
          .dependOnClassesThat(resideInAnyPackage("wsp.client.net", "wsp.client.websocket"));
}
