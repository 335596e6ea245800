package wsp.client.origin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import wsp.address.AddressGuard;
import wsp.address.AddressRange;

class ResolverTest {
  private static final long SECOND = 1_000_000_000L;
  private static final AddressGuard DEFAULT = AddressGuard.DEFAULT;
  private static final AddressGuard NARROW =
      new AddressGuard(List.of(), List.of(AddressRange.parse("10.0.0.0/8")));

  private final Resolver resolver = new Resolver(InetAddress::getAllByName);

  private static String fails(Failure failure, Executable executable) {
    ReplayException e = assertThrows(ReplayException.class, executable);
    assertEquals(failure, e.failure());
    return e.getMessage();
  }

  @Test
  void literalsAreThereAtOnce() throws Exception {
    assertEquals("127.0.0.1", resolver.atOnce(DEFAULT, "127.0.0.1", 0).get(0).getHostAddress());
    assertEquals("0:0:0:0:0:0:0:1", resolver.atOnce(DEFAULT, "::1", 0).get(0).getHostAddress());
  }

  @Test
  void aNameIsThereAtOnceForTenSecondsAfterItWasResolved() throws Exception {
    assertNull(resolver.atOnce(DEFAULT, "localhost", 0));
    resolver.resolve("localhost", 5 * SECOND);
    assertNotNull(resolver.atOnce(DEFAULT, "localhost", 15 * SECOND));
    assertNull(resolver.atOnce(DEFAULT, "localhost", 15 * SECOND + 1));
  }

  @Test
  void anUnknownNameIsNotRemembered() throws Exception {
    fails(Failure.UNKNOWN_HOST, () -> resolver.resolve("no-such-host.invalid", 0));
    assertNull(resolver.atOnce(DEFAULT, "no-such-host.invalid", 0));
  }

  @Test
  void ofANameWithThousandsOfAddressesTheFirstOnesAreKept() throws Exception {
    String[] texts = new String[4000];
    for (int i = 0; i < texts.length; i++) texts[i] = "10.1." + i / 250 + "." + i % 250;
    Resolver many = answering(String.join(" ", texts));
    List<InetAddress> first = addresses(Arrays.copyOf(texts, 20));
    assertEquals(first, many.resolve("many.test", 0));
    assertEquals(first, many.atOnce(DEFAULT, "many.test", SECOND));
  }

  @Test
  void ofManyAddressesThoseThatAreDeniedTakeNoPlace() throws Exception {
    StringBuilder denied = new StringBuilder();
    for (int i = 0; i < 30; i++) denied.append("169.254.0.").append(i).append(' ');
    Resolver last = answering(denied + "10.0.0.1 10.0.0.2");
    assertEquals(addresses("10.0.0.1", "10.0.0.2"), found(last, "many.test", 0));
    fails(Failure.PROHIBITED_ADDRESS, () -> found(answering(denied + ""), "many.test", 0));
  }

  // -- name servers that do not answer

  private static final String SILENCE = "!Temporary failure in name resolution";
  private static final String NONE = "!Name or service not known";

  @Test
  void theLastAnswerIsGoodAsLongAsNoNameServerAnswers() throws Exception {
    Resolver down = answering("10.0.0.1", SILENCE, SILENCE, "10.0.0.2", SILENCE);
    List<InetAddress> last = addresses("10.0.0.1");
    down.resolve("down.test", 0);
    assertEquals(last, down.resolve("down.test", 11 * SECOND));
    assertEquals(last, down.atOnce(DEFAULT, "down.test", 21 * SECOND));
    assertEquals(last, down.resolve("down.test", 600 * SECOND));
    assertEquals(addresses("10.0.0.2"), down.resolve("down.test", 611 * SECOND));
    fails(Failure.NO_NAME_SERVER, () -> down.resolve("down.test", 1212 * SECOND));
  }

  @Test
  void aNameThatNoNameServerHasToldOfIsNotCalledUnknown() {
    String message =
        fails(Failure.NO_NAME_SERVER, () -> answering(SILENCE).resolve("down.test", 0));
    assertEquals("cannot look down.test up: no name server answers", message);
  }

  @Test
  void aNameThatHasNoAddressAnyMoreHasNoLastAnswer() throws Exception {
    Resolver gone = answering("10.0.0.1", NONE, SILENCE);
    gone.resolve("gone.test", 0);
    fails(Failure.UNKNOWN_HOST, () -> gone.resolve("gone.test", 11 * SECOND));
    fails(Failure.NO_NAME_SERVER, () -> gone.resolve("gone.test", 12 * SECOND));
  }

  @Test
  void aGuardJudgesTheLastAnswerToo() throws Exception {
    Resolver down = answering("10.0.0.1", SILENCE);
    down.resolve("down.test", 0);
    down.guard(NARROW);
    fails(Failure.PROHIBITED_ADDRESS, () -> found(down, "down.test", 11 * SECOND));
  }

  @Test
  void aNameServerThatSaysNothingIsNotWaitedForIfThereIsAnAnswer() throws Exception {
    Resolver down = answering("10.0.0.1");
    CompletableFuture<List<InetAddress>> silent = new CompletableFuture<>();
    assertSame(silent, down.orLast("down.test", 0, silent));
    down.resolve("down.test", 0);
    var ended = down.orLast("down.test", 600 * SECOND, silent);
    assertEquals(addresses("10.0.0.1"), ended.get(50, TimeUnit.SECONDS));
    CompletableFuture<List<InetAddress>> quick = new CompletableFuture<>();
    var found = down.orLast("down.test", 0, quick);
    quick.complete(addresses("10.0.0.9"));
    assertEquals(addresses("10.0.0.9"), found.get(50, TimeUnit.SECONDS));
  }

  @Test
  void theLastAnswerIsGoodWhereTooManyNamesWait() throws Exception {
    Resolver busy = answering("10.0.0.1", NONE);
    CompletableFuture<List<InetAddress>> refused =
        CompletableFuture.failedFuture(new RejectedExecutionException());
    assertSame(refused, busy.orLast("busy.test", 0, refused));
    busy.resolve("busy.test", 0);
    assertEquals(addresses("10.0.0.1"), busy.orLast("busy.test", 600 * SECOND, refused).get());
    assertSame(refused, busy.orLast("busy.test", 601 * SECOND, refused));
    CompletableFuture<List<InetAddress>> failed =
        CompletableFuture.failedFuture(Resolver.unknown("busy.test"));
    assertTrue(busy.orLast("busy.test", 600 * SECOND, failed).isCompletedExceptionally());
  }

  // -- the guard

  /** The answers to one question after the other; a failure has an exclamation mark. */
  private static Resolver answering(String... answers) {
    Iterator<String> next = List.of(answers).iterator();
    return new Resolver(
        host -> {
          String answer = next.next();
          if (answer.startsWith("!")) throw new UnknownHostException(host + ": " + answer);
          String[] texts = answer.split(" ");
          InetAddress[] addresses = new InetAddress[texts.length];
          for (int i = 0; i < texts.length; i++) addresses[i] = InetAddress.getByName(texts[i]);
          return addresses;
        });
  }

  private static List<InetAddress> found(Resolver resolver, String host, long at)
      throws ReplayException {
    return resolver.permitted(DEFAULT, host, resolver.resolve(host, at));
  }

  private static List<InetAddress> addresses(String... texts) throws Exception {
    List<InetAddress> addresses = new ArrayList<>();
    for (String text : texts) addresses.add(InetAddress.getByName(text));
    return addresses;
  }

  @Test
  void aNameIsDeniedByWhatItLeadsToAndTheAddressIsNotTold() {
    String message =
        fails(
            Failure.PROHIBITED_ADDRESS,
            () -> found(answering("169.254.169.254"), "innocent.test", 0));
    assertEquals("the address of innocent.test is not allowed", message);
  }

  @Test
  void aDeniedLiteralIsDeniedAtOnce() {
    for (String literal : List.of("169.254.169.254", "::", "64:ff9b::a9fe:a9fe"))
      fails(Failure.PROHIBITED_ADDRESS, () -> resolver.atOnce(DEFAULT, literal, 0));
  }

  @Test
  void ofSeveralAddressesThoseThatAreDeniedAreLeftOut() throws Exception {
    Resolver mixed = answering("169.254.169.254 10.0.0.1 fe80::1 10.0.0.2");
    assertEquals(addresses("10.0.0.1", "10.0.0.2"), found(mixed, "mixed.test", 0));
    assertEquals(addresses("10.0.0.1", "10.0.0.2"), mixed.atOnce(DEFAULT, "mixed.test", SECOND));
  }

  @Test
  void aNameThatLeadsElsewhereTheSecondTimeIsCheckedAgain() throws Exception {
    Resolver changing = answering("10.0.0.1", "169.254.169.254", "10.0.0.2");
    assertEquals(addresses("10.0.0.1"), found(changing, "changing.test", 0));
    // As long as the first answer holds, nobody asks again.
    assertEquals(addresses("10.0.0.1"), changing.atOnce(DEFAULT, "changing.test", 10 * SECOND));
    assertNull(changing.atOnce(DEFAULT, "changing.test", 11 * SECOND));
    fails(Failure.PROHIBITED_ADDRESS, () -> found(changing, "changing.test", 11 * SECOND));
    fails(Failure.PROHIBITED_ADDRESS, () -> changing.atOnce(DEFAULT, "changing.test", 12 * SECOND));
    assertEquals(addresses("10.0.0.2"), found(changing, "changing.test", 22 * SECOND));
  }

  @Test
  void aNewGuardJudgesWhatIsRememberedToo() throws Exception {
    Resolver known = answering("10.0.0.1");
    known.resolve("known.test", 0);
    known.guard(NARROW);
    fails(Failure.PROHIBITED_ADDRESS, () -> known.atOnce(NARROW, "known.test", SECOND));
    assertFalse(known.permits(NARROW, InetAddress.getByName("10.0.0.1")));
    known.guard(DEFAULT);
    assertEquals(addresses("10.0.0.1"), known.atOnce(DEFAULT, "known.test", SECOND));
  }

  @Test
  void anAddressIsPermittedByTheGuardOfItsRequestAndByTheLatestOne() throws Exception {
    InetAddress address = InetAddress.getByName("10.0.0.1");
    for (boolean own : List.of(true, false)) {
      Resolver known = answering("10.0.0.1");
      known.guard(own ? DEFAULT : NARROW);
      AddressGuard guard = own ? NARROW : DEFAULT;
      List<InetAddress> all = known.resolve("known.test", 0);
      assertFalse(known.permits(guard, address));
      fails(Failure.PROHIBITED_ADDRESS, () -> known.permitted(guard, "known.test", all));
      fails(Failure.PROHIBITED_ADDRESS, () -> known.atOnce(guard, "known.test", SECOND));
      fails(Failure.PROHIBITED_ADDRESS, () -> known.atOnce(guard, "10.0.0.1", SECOND));
    }
  }
}
