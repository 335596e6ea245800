package wsp.e2e;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.ClientCall;
import io.grpc.HttpConnectProxiedSocketAddress;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import wsp.testing.Await;

/** A caller and an origin that speak gRPC, with the server as the caller's proxy. */
class GrpcIT {
  private static final String KEY = "a-key-of-this-caller";
  private static final int LIMIT = 16 << 20;

  /** What is inside the tunnel. */
  private enum Inside {
    PLAIN,
    TLS
  }

  @TempDir static Path directory;

  private static final GrpcEcho ECHO = new GrpcEcho();
  private static Daemon server;
  private static Daemon client;
  private static TestTls tls;
  private static Map<Inside, Server> origins;

  private final List<ManagedChannel> channels = new ArrayList<>();

  @BeforeAll
  static void open() throws Exception {
    tls = new TestTls(directory);
    ServerCredentials own = TlsServerCredentials.create(tls.certificate.toFile(), tls.key.toFile());
    origins =
        Map.of(Inside.PLAIN, origin(InsecureServerCredentials.create()), Inside.TLS, origin(own));
    String lines =
        "tunnelports : all\nblacklist : [{ url : '^tcp://denied\\.test:' }]\n"
            + "callers : [{ name : one, key : "
            + KEY
            + " }]\n";
    server = Daemon.server(directory, "---\nport : 0\n" + lines);
    String ports = "id : dc1\ntunnelports : [ 1, 1024-65535 ]\n";
    client = Daemon.client(directory, Tunnel.clientConfig(server.port(), ports));
    Await.until("a tunnel opens", GrpcIT::opens);
  }

  private static Server origin(ServerCredentials credentials) throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return NettyServerBuilder.forAddress(any, credentials)
        .addService(ECHO.service())
        .maxInboundMessageSize(LIMIT)
        .build()
        .start();
  }

  private static boolean opens() throws Exception {
    byte[] user = ("one:" + KEY).getBytes(StandardCharsets.US_ASCII);
    String basic = "Proxy-Authorization: Basic " + Base64.getEncoder().encodeToString(user);
    String to = "CONNECT " + at(Inside.PLAIN) + " HTTP/1.1\r\nHost: x\r\n" + basic + "\r\n\r\n";
    try (Caller caller = new Caller(server.port())) {
      caller.send(to);
      return caller.answerHead().status == 200;
    }
  }

  @AfterAll
  static void close() {
    client.close();
    server.close();
    origins.values().forEach(Server::shutdownNow);
  }

  @AfterEach
  void disconnect() {
    channels.forEach(ManagedChannel::shutdownNow);
  }

  private static String at(Inside inside) {
    return "127.0.0.1:" + origins.get(inside).getPort();
  }

  /** Connections to an authority by way of the server. */
  private ManagedChannel channel(String to, Inside inside, String key) throws Exception {
    ChannelCredentials trust =
        inside == Inside.PLAIN
            ? InsecureChannelCredentials.create()
            : TlsChannelCredentials.newBuilder().trustManager(tls.certificate.toFile()).build();
    InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", server.port());
    ManagedChannel made =
        NettyChannelBuilder.forTarget("dns:///" + to, trust)
            .maxInboundMessageSize(LIMIT)
            .proxyDetector(
                target ->
                    HttpConnectProxiedSocketAddress.newBuilder()
                        .setTargetAddress((InetSocketAddress) target)
                        .setProxyAddress(proxy)
                        .setUsername("one")
                        .setPassword(key)
                        .build())
            .build();
    channels.add(made);
    return made;
  }

  private ManagedChannel channel(Inside inside) throws Exception {
    return channel(at(inside), inside, KEY);
  }

  /** A call that may last longer than the machine is ever busy with something else. */
  private static ClientCall<byte[], byte[]> call(
      ManagedChannel on, MethodDescriptor<byte[], byte[]> method) {
    return on.newCall(method, CallOptions.DEFAULT.withDeadlineAfter(30, TimeUnit.SECONDS));
  }

  private static byte[] bytes(int n) {
    byte[] all = new byte[n];
    new Random(n).nextBytes(all);
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void callsOfAllFourKindsAreAnswered(Inside inside) throws Exception {
    ManagedChannel channel = channel(inside);
    byte[] message = "message".getBytes(StandardCharsets.US_ASCII);
    assertArrayEquals(
        message, ClientCalls.futureUnaryCall(call(channel, GrpcEcho.UNARY), message).get());

    GrpcAnswers down = new GrpcAnswers();
    ClientCalls.asyncServerStreamingCall(call(channel, GrpcEcho.DOWN), message, down);
    assertEquals("message", down.firsts());

    GrpcAnswers up = new GrpcAnswers();
    StreamObserver<byte[]> to =
        ClientCalls.asyncClientStreamingCall(call(channel, GrpcEcho.UP), up);
    for (byte b : message) to.onNext(new byte[] {b, 0});
    to.onCompleted();
    assertArrayEquals(message, up.all().get(0));

    GrpcAnswers both = new GrpcAnswers();
    to = ClientCalls.asyncBidiStreamingCall(call(channel, GrpcEcho.BOTH), both);
    for (int i = 1; i <= message.length; i++) {
      to.onNext(new byte[] {message[i - 1]});
      int answered = i;
      Await.until("each is answered while the call goes on", () -> both.got() == answered);
    }
    to.onCompleted();
    assertEquals("message", both.firsts());
  }

  @ParameterizedTest
  @EnumSource
  void aLargeMessagePassesOnBothWays(Inside inside) throws Exception {
    byte[] large = bytes(8 << 20);
    GrpcAnswers both = new GrpcAnswers();
    StreamObserver<byte[]> to =
        ClientCalls.asyncBidiStreamingCall(call(channel(inside), GrpcEcho.BOTH), both);
    for (int i = 0; i < 2; i++) to.onNext(large);
    to.onCompleted();
    for (byte[] back : both.all()) assertArrayEquals(large, back);
    assertEquals(2, both.got());
  }

  @Test
  void manyCallsAtOnceShareAChannel() throws Exception {
    ManagedChannel channel = channel(Inside.PLAIN);
    List<Future<byte[]>> answers = new ArrayList<>();
    for (int i = 0; i < 200; i++)
      answers.add(ClientCalls.futureUnaryCall(call(channel, GrpcEcho.UNARY), bytes(i * 97)));
    for (int i = 0; i < answers.size(); i++) assertArrayEquals(bytes(i * 97), answers.get(i).get());
  }

  @Test
  void aDeadlineThatExpiresEndsTheCallAtBothEnds() throws Exception {
    ManagedChannel channel = channel(Inside.PLAIN);
    int begun = ECHO.waiting.get();
    Await.until(
        "a call came to the origin before it expired",
        () -> {
          assertEquals(Status.Code.DEADLINE_EXCEEDED, expired(channel).getCode());
          return ECHO.waiting.get() > begun;
        });
    Await.until("the origin knows", () -> ECHO.cancelled.get() == ECHO.waiting.get());
  }

  private static Status expired(ManagedChannel channel) {
    CallOptions soon = CallOptions.DEFAULT.withDeadlineAfter(200, TimeUnit.MILLISECONDS);
    return assertThrows(
            StatusRuntimeException.class,
            () -> ClientCalls.blockingUnaryCall(channel, GrpcEcho.NEVER, soon, new byte[] {1}))
        .getStatus();
  }

  @ParameterizedTest
  @EnumSource
  void aCallThatItsCallerCancelsIsCancelledAtTheOrigin(Inside inside) throws Exception {
    int begun = ECHO.waiting.get();
    ManagedChannel channel = channel(inside);
    Future<byte[]> answer =
        ClientCalls.futureUnaryCall(
            channel.newCall(GrpcEcho.NEVER, CallOptions.DEFAULT), new byte[] {1});
    Await.until("it has begun", () -> ECHO.waiting.get() > begun);
    answer.cancel(true);
    Await.until("the origin knows", () -> ECHO.cancelled.get() == ECHO.waiting.get());
    byte[] next = {2};
    assertArrayEquals(
        next,
        ClientCalls.futureUnaryCall(call(channel, GrpcEcho.UNARY), next).get(),
        "the channel serves on");
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1:80, a-key-of-this-caller, tunnelports",
    "denied.test:443, a-key-of-this-caller, forbidden",
    "127.0.0.1:1, a-key-of-this-caller, refused",
    "127.0.0.1:1, another, 407"
  })
  void aTunnelThatCannotBeIsUnavailableAndSaysWhy(String to, String key, String words)
      throws Exception {
    ManagedChannel channel = channel(to, Inside.PLAIN, key);
    StatusRuntimeException told =
        assertThrows(
            StatusRuntimeException.class,
            () ->
                ClientCalls.blockingUnaryCall(
                    channel, GrpcEcho.UNARY, CallOptions.DEFAULT, new byte[] {1}));
    assertEquals(Status.Code.UNAVAILABLE, told.getStatus().getCode());
    StringBuilder all = new StringBuilder();
    for (Throwable t = told; t != null; t = t.getCause()) all.append(t).append('\n');
    assertTrue(all.toString().contains(words), all.toString());
  }
}
