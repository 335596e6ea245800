package wsp;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass.Predicates;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import wsp.server.listener.WebSocketConnection;

@AnalyzeClasses(packages = "wsp", importOptions = ImportOption.DoNotIncludeJars.class)
class ArchitectureTest {
  /** See docs/names.md: the JDK reads, looks up and verifies names in its own way. */
  @ArchTest
  static final ArchRule names_are_read_and_looked_up_in_one_place_each =
      noClasses()
          .that()
          .haveNameNotMatching(
              "(wsp\\.(destination\\.InternationalName"
                  + "|admin\\.Gate|cli\\.(CompletionCommand|BuildInfo)|server\\.Browser|server\\.listener\\.TyrusEngine)(\\$.*)?"
                  + "|.*Test.*|.*IT.*)")
          .and()
          .doNotHaveFullyQualifiedName("wsp.address.SystemNames")
          .and()
          .resideOutsideOfPackages("wsp.e2e", "wsp.chaos", "wsp.fuzz")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.net.URI")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.net.URL")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.net.IDN")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("javax.net.ssl.SNIHostName")
          .orShould()
          .callMethod(InetAddress.class, "getByName", String.class)
          .orShould()
          .callMethod(InetAddress.class, "getAllByName", String.class)
          .orShould()
          .callMethod(InetAddress.class, "getHostName")
          .orShould()
          .callMethod(InetAddress.class, "getCanonicalHostName")
          .orShould()
          .callMethod(InetSocketAddress.class, "getHostName");

  @ArchTest
  static final ArchRule only_the_listener_knows_grizzly_and_tyrus =
      noClasses()
          .that()
          .resideOutsideOfPackage("wsp.server.listener")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.glassfish..", "jakarta.."));

  @ArchTest
  static final ArchRule only_version_1_knows_its_messages =
      noClasses()
          .that()
          .resideInAPackage("wsp.server..")
          .and()
          .resideOutsideOfPackages("wsp.server.tunnel.v1", "wsp.server.listener")
          .and()
          .haveNameNotMatching(".*\\.RawPeer(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("wsp.envelope.EnvelopeCodec")
          .orShould()
          .callMethod(
              WebSocketConnection.class, "send", String.class, ByteBuffer.class, boolean.class)
          .orShould()
          .callMethod(WebSocketConnection.class, "sendBinary", ByteBuffer.class, boolean.class);

  @ArchTest
  static final ArchRule only_the_pool_chooses_a_wire =
      noClasses()
          .that()
          .resideInAPackage("wsp.server..")
          .and()
          .resideOutsideOfPackages("wsp.server.tunnel.v1", "wsp.server.pool")
          .should()
          .dependOnClassesThat(resideInAnyPackage("wsp.server.tunnel.v1"));

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
          .haveNameNotMatching("wsp\\.(server\\.ServerMain|daemon\\.DaemonMain(\\$End)?)")
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
