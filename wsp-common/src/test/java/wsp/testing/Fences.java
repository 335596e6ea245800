package wsp.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** What holds in every module, for its {@code ArchitectureTest} to hold there. */
public final class Fences {
  private Fences() {}

  /** See docs/names.md: the JDK reads, looks up and verifies names in its own way. */
  @ArchTest
  static final ArchRule namesAreReadAndLookedUpInOnePlaceEach =
      noClasses()
          .that()
          .haveNameNotMatching(
              "(wsp\\.(destination\\.InternationalName"
                  + "|admin\\.Gate|cli\\.BuildInfo|server\\.listener\\.TyrusEngine)(\\$.*)?"
                  + "|.*Test.*|.*IT.*)")
          .and()
          .doNotHaveFullyQualifiedName("wsp.address.SystemNames")
          .and()
          .resideOutsideOfPackages("wsp.e2e", "wsp.chaos", "wsp.fuzz", "wsp.testing")
          .and()
          // HttpClient takes its destinations as URIs.
          .resideOutsideOfPackage("wsp.client.httpclient")
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
  static final ArchRule nobodySleeps =
      noClasses()
          .that()
          .haveNameNotMatching("wsp\\.(testing\\.Await|admin\\.AcceptErrors)")
          .should()
          .callMethod(Thread.class, "sleep", long.class)
          .orShould()
          .callMethod(Thread.class, "sleep", long.class, int.class)
          .orShould()
          .callMethod(TimeUnit.class, "sleep", long.class)
          .orShould()
          .callMethod(LockSupport.class, "parkNanos", long.class)
          .orShould()
          .callMethod(LockSupport.class, "parkNanos", Object.class, long.class);

  @ArchTest
  static final ArchRule onlyTheLifeOfAProcessEndsIt =
      noClasses()
          .that()
          .haveNameNotMatching(
              "wsp\\.(server\\.ServerMain|client\\.ClientMain|daemon\\.DaemonMain(\\$End)?)")
          .should()
          .callMethod(System.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "exit", int.class)
          .orShould()
          .callMethod(Runtime.class, "halt", int.class);

  @ArchTest
  static final ArchRule textFromOutsideIsComparedAsAscii =
      classes().that(describe("are no tests", Fences::isMain)).should(new AsciiOnly());

  @ArchTest
  static final ArchRule methodsAndTestsAreNamedInOneStyle =
      methods().should().haveNameNotMatching(".*_.*");

  private static boolean isMain(JavaClass c) {
    return c.getSource().stream().noneMatch(s -> s.getUri().getPath().contains("/test-classes/"));
  }
}
