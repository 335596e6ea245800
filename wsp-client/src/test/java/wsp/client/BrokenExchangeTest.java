package wsp.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import wsp.client.FakeServer.Answer;
import wsp.testing.Await;

/** Exchanges that fail, break off or are not wanted any more. */
class BrokenExchangeTest extends ExchangeStage {
  // -- failures before the head

  private void isError(Answer answer, String proxyError, String text) throws IOException {
    assertEquals(527, answer.head().status());
    assertEquals("text/plain; charset=utf-8", answer.head().headers().first("Content-Type"));
    assertEquals("wsp-client; error=" + proxyError, answer.proxyError());
    assertEquals(answer.body().length, answer.head().contentLength());
    assertTrue(answer.firstLine().contains(text), answer.text());
    fixture.works(peer);
  }

  @ParameterizedTest
  @EnumSource(ScriptedOrigin.Bad.class)
  void anOriginThatMakesNoSenseIsA527AndTheConnectionGoesOn(ScriptedOrigin.Bad bad)
      throws Exception {
    String error =
        switch (bad) {
          case CLOSE_BEFORE_HEAD, RESET_BEFORE_HEAD, HALF_A_HEAD -> "connection_terminated";
          case ZIPPED_TRANSFER -> "http_response_transfer_coding";
          case ONE_HUGE_FIELD, MANY_FIELDS -> "http_response_header_section_size";
          default -> "http_protocol_error";
        };
    isError(get(origin.url(bad.path())), error, "Unable to execute request : ");
    peer.request("POST", origin.url(bad.path()), random(5));
    isError(peer.answer(), error, "Unable to execute request : ");
  }

  @Test
  void anOriginThatRefusesIsNamed() throws Exception {
    isError(
        get("http://127.0.0.1:1/"),
        "connection_refused",
        "Unable to execute request : cannot connect to 127.0.0.1:1: refused");
  }

  @Test
  void anUnknownHostIsNamed() throws Exception {
    isError(get("http://no-such-host.invalid/"), "dns_error", "unknown host no-such-host.invalid");
  }

  @Test
  void aNameIsResolvedAndAllItsAddressesAreTried() throws Exception {
    // The name has an IPv6 address too on many machines, where nobody listens.
    assertEquals(200, get(origin.url("/ok").replace("127.0.0.1", "localhost")).head().status());
  }

  @Test
  void tlsToAnOriginWithoutItIsNamed() throws Exception {
    origin.on("/", r -> r.reply("200 OK", ""));
    try (ServerSocket plain = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      FakeServer.start(
          () -> {
            try (var s = plain.accept()) {
              s.getOutputStream()
                  .write("HTTP/1.1 400 Bad\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
              s.getInputStream().readAllBytes();
            } catch (IOException e) {
              // It is the other end that is looked at.
            }
          });
      isError(
          get("https://127.0.0.1:" + plain.getLocalPort() + "/"),
          "tls_protocol_error",
          "cannot connect securely");
    }
  }

  @Test
  void anOriginThatNeverAnswersIsGivenUpAtTheLimit() throws Exception {
    origin.on("/never", ScriptedOrigin.Request::awaitGone);
    isError(get(origin.url("/never")), "http_response_timeout", "did not answer in time");
    fixture.awaitCancel("/never");
  }

  @Test
  void anOriginThatResetsAnUploadIsA527() throws Exception {
    origin.on(
        "/reset",
        r -> {
          assertTrue(r.in.read() >= 0);
          r.answerAndEnd("", true);
        });
    peer.request("POST", origin.url("/reset"), random(4 << 20));
    isError(peer.answer(), "connection_terminated", "Unable to execute request : ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "::::",
        "http://",
        "file:///etc/passwd",
        "http://u:p@127.0.0.1/",
        "http://127.0.0.1:99999/",
        "http://a\\b/"
      })
  void aDestinationThatIsNoneIsRefused(String url) throws Exception {
    isError(get(url), "http_request_error", "Unable to execute request : ");
  }

  @Test
  void aDeniedUrlIsNeverExecutedAndAnsweredOnce() throws Exception {
    for (int i = 0; i < 3; i++) {
      peer.request("POST", origin.url("/denied"), random(100_000));
      Answer answer = peer.answer();
      assertEquals("Destination is forbidden", answer.firstLine());
      isError(answer, "http_request_denied", "");
    }
    assertNull(origin.last("/denied"));
  }

  @Test
  void anAnswerToHeadHasNoBodyEvenIfItIsAnError() throws Exception {
    peer.request("HEAD", origin.url("/denied"), new byte[0]);
    Answer answer = peer.answer();
    assertEquals(527, answer.head().status());
    assertEquals(0, answer.body().length);
  }

  // -- aborts

  @ParameterizedTest
  @EnumSource(ScriptedOrigin.Cut.class)
  void aBodyThatBreaksOffBreaksTheConnection(ScriptedOrigin.Cut cut) throws Exception {
    peer.get(origin.url(cut.path()));
    assertEquals(200, peer.answerHead().status());
    origin.last(cut.path()).proceed.release();
    assertThrows(IOException.class, peer::message, "the body never looks whole");
    assertEquals(4527, peer.closeCode, "the server is told who broke off");
    fixture.healthy();
  }

  // -- cancelling

  @Test
  void aServerThatLeavesWhileTheOriginThinksCancelsIt() throws Exception {
    origin.on("/wait", ScriptedOrigin.Request::awaitGone);
    peer.get(origin.url("/wait"));
    fixture.awaitRequest("/wait");
    peer.close();
    fixture.awaitCancel("/wait");
    fixture.healthy();
  }

  @Test
  void aServerThatLeavesInMidDownloadCancelsIt() throws Exception {
    origin.on(
        "/flood",
        r -> {
          r.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          while (true) r.chunk(random(60_000), 60_000);
        });
    peer.get(origin.url("/flood"));
    peer.answerHead();
    peer.close();
    fixture.awaitCancel("/flood");
    fixture.healthy();
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 10_000_000})
  void aServerThatLeavesInMidUploadCancelsIt(long length) throws Exception {
    origin.on(
        "/up",
        r -> {
          r.body();
          r.reply("200 OK", "");
        });
    peer.envelope("POST", origin.url("/up"), length);
    peer.frame(Peer.BINARY, false, random(50_000));
    Await.until(
        "some of it arrives",
        ClientFixture.SOON,
        () -> origin.last("/up") != null && origin.last("/up").bodyBytes > 0);
    peer.close();
    fixture.awaitCancel("/up");
    assertFalse(origin.last("/up").whole);
    fixture.healthy();
  }

  @Test
  void aServerThatLeavesWhileTheOriginTakesNothingIsNoticed() throws Exception {
    origin.on(
        "/stuck",
        r -> {
          r.proceed.acquireUninterruptibly();
          r.awaitGone();
        });
    peer.envelope("POST", origin.url("/stuck"), -1);
    Thread pusher =
        new Thread(
            () -> {
              try {
                for (int i = 0; ; i++)
                  peer.frame(i == 0 ? Peer.BINARY : Peer.CONTINUATION, false, random(60_000));
              } catch (IOException e) {
                // Closed below.
              }
            });
    pusher.setDaemon(true);
    pusher.start();
    fixture.awaitRequest("/stuck");
    peer.close();
    // A connection of its own takes the place of the one that was given up.
    fixture.healthy();
    origin.last("/stuck").proceed.release();
    Await.until(
        "the origin's connection is closed", ClientFixture.SOON, () -> origin.last("/stuck").gone);
  }
}
