package wsp;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.ArchTests;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import wsp.server.forward.RequestHandler;
import wsp.server.listener.WebSocketConnection;
import wsp.testing.Fences;

@AnalyzeClasses(packages = "wsp", importOptions = ImportOption.DoNotIncludeJars.class)
class ArchitectureTest {
  @ArchTest static final ArchTests FENCES = ArchTests.in(Fences.class);

  @ArchTest
  static final ArchRule onlyTheListenerKnowsGrizzlyAndTyrus =
      noClasses()
          .that()
          .resideOutsideOfPackage("wsp.server.listener")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.glassfish..", "jakarta.."));

  @ArchTest
  static final ArchRule onlyVersion1KnowsItsMessages =
      noClasses()
          .that()
          .resideInAPackage("wsp.server..")
          .and()
          .resideOutsideOfPackages("wsp.server.tunnel.v1", "wsp.server.listener")
          .and()
          .haveNameNotMatching(".*\\.(Raw|Link)Peer(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("wsp.envelope.EnvelopeCodec")
          .orShould()
          .callMethod(
              WebSocketConnection.class, "send", String.class, ByteBuffer.class, boolean.class)
          .orShould()
          .callMethod(WebSocketConnection.class, "sendBinary", ByteBuffer.class, boolean.class);

  @ArchTest
  static final ArchRule onlyThePoolChoosesAWire =
      noClasses()
          .that()
          .resideInAPackage("wsp.server..")
          .and()
          .resideOutsideOfPackages("wsp.server.tunnel..", "wsp.server.pool")
          .and()
          .haveNameNotMatching("wsp.server.WspServer")
          .should()
          .dependOnClassesThat(resideInAnyPackage("wsp.server.tunnel.v1", "wsp.server.tunnel.v2"));

  @ArchTest
  static final ArchRule neitherWireKnowsTheOther =
      noClasses()
          .that()
          .resideInAPackage("wsp.server.tunnel.v1")
          .should()
          .dependOnClassesThat(resideInAnyPackage("wsp.server.tunnel.v2", "wsp.tunnel.v2"))
          .allowEmptyShould(false);

  @ArchTest
  static final ArchRule theListenerDoesNotKnowTheServer =
      noClasses()
          .that()
          .resideInAPackage("wsp.server.listener..")
          .should()
          .dependOnClassesThat(Predicates.resideInAPackage("wsp.server"));

  /** What reads them in two places may have the one of before a change and the one of after it. */
  @ArchTest
  static void theTermsOfARequestAreReadOnceWhereItComes(JavaClasses all) {
    Stream<String> readers =
        all.get(RequestHandler.class).getField("terms").getAccessesToSelf().stream()
            .filter(access -> access.getAccessType() == JavaFieldAccess.AccessType.GET)
            .map(access -> access.getOrigin().getName());
    assertEquals(
        List.of("isRegistration", "onOverload", "onRegister", "onRequest", "onUnread"),
        readers.sorted().toList());
  }

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("wsp.(**)").should().beFreeOfCycles();
}
