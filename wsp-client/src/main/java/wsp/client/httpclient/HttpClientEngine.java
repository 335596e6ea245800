package wsp.client.httpclient;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;
import wsp.address.AddressGuard;
import wsp.address.NameLookup;
import wsp.address.SystemNames;
import wsp.client.net.DescriptorShares;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.Names;
import wsp.client.origin.OriginEngine;
import wsp.client.origin.OriginLimits;
import wsp.client.origin.Origins;
import wsp.client.origin.ReplayException;
import wsp.client.origin.Route;
import wsp.process.Safely;
import wsp.process.Threads;
import wsp.tls.TlsFiles;

/**
 * Has requests performed by {@code java.net.http.HttpClient}: plain ones at the address that was
 * checked, by HTTP/1.1; secure ones through {@link Passages}, by HTTP/2 where the origin offers it.
 * {@link Clients} has one HttpClient for each kind: what it takes for TLS is a {@link
 * CheckedEngine}, with TLS or without. {@link JvmSettings#set} has to come before. Safe for all
 * threads.
 */
public final class HttpClientEngine implements OriginEngine {
  final OriginLimits limits;
  private final HeadMemory heads;
  final KeptHeads kept;
  final Deadlines deadlines;
  private final TlsFiles tls;
  private final boolean http2;
  final Names names;
  final Passages passages;
  final StreamLimit streams = new StreamLimit();
  private final ExecutorService threads;

  /** By their words. */
  private final Map<String, HttpStream> running = new ConcurrentHashMap<>();

  private final Carriers carriers = new Carrying();
  private final AtomicInteger trust = new AtomicInteger();

  /** For requests that come from now on. */
  private volatile @Nullable Clients clients;

  private final Set<Clients> built = ConcurrentHashMap.newKeySet();

  /** One that offers HTTP/2, or not, on a Java that is fit for it; it needs a port. */
  public HttpClientEngine(OriginLimits limits, HeadMemory heads, TlsFiles tls, boolean http2)
      throws IOException {
    this(limits, heads, tls, http2, SystemNames::all);
  }

  HttpClientEngine(
      OriginLimits limits, HeadMemory heads, TlsFiles tls, boolean http2, NameLookup lookup)
      throws IOException {
    this.limits = limits;
    this.heads = heads;
    this.kept = new KeptHeads(2 * heads.limit());
    this.deadlines = new Deadlines(limits);
    this.tls = tls;
    this.http2 = http2 && JvmSettings.speaksHttp2();
    this.names = new Names(lookup);
    long connectNanos = limits.connectTimeout().toNanos();
    int strangers = DescriptorShares.ofProcess(1).strangers();
    int most = JvmSettings.secureConnections(Runtime.getRuntime().maxMemory());
    this.passages =
        new Passages(
            names, streams, connectNanos, strangers, most, this::used, SocketChannel::open);
    int cores = Runtime.getRuntime().availableProcessors();
    threads = Executors.newFixedThreadPool(Math.max(2, cores), Threads.numbered("wsp-httpclient"));
  }

  /** One without connections, with the certificates of the moment. */
  HttpClient build(boolean secure) {
    SSLContext context = tls.context();
    return HttpClient.newBuilder()
        .executor(threads)
        .connectTimeout(limits.connectTimeout())
        .followRedirects(HttpClient.Redirect.NEVER)
        .proxy(secure ? new Ways(passages) : HttpClient.Builder.NO_PROXY)
        .sslContext(
            secure
                ? CheckedContext.secure(context, () -> dialogue(true), carriers)
                : CheckedContext.plain(context, () -> dialogue(false)))
        .sslParameters(new SSLParameters(null, TlsFiles.protocols()))
        .build();
  }

  private Dialogue dialogue(boolean secure) {
    return new Dialogue(secure, limits.maxHeader(), heads, this::failed);
  }

  /** Later, for it may be told under the lock of another connection. */
  private void failed(String word, ReplayException why) {
    if (!threads.isShutdown()) threads.execute(() -> fail(word, why));
  }

  /** HttpClient does not tell which connection is whose. */
  private void fail(String word, ReplayException why) {
    HttpStream stream = running.get(word);
    if (stream != null && stream.isSent()) stream.failed(why);
  }

  /** What connections of requests that run began with; where that is not known, where they lead. */
  private Set<?> used() {
    Set<Object> all = new HashSet<>();
    for (HttpStream stream : running.values()) all.add(stream.sending.goesBy());
    return all;
  }

  /** Of connections to secure origins. */
  private final class Carrying implements Carriers {
    @Override
    public void wakesReader(byte[] beginning) {
      passages.wakeReader(beginning);
    }

    @Override
    public boolean gaveWay(byte[] beginning) {
      return passages.departed.has(beginning);
    }

    @Override
    public void carries(String word, byte[] beginning) {
      HttpStream stream = running.get(word);
      if (stream != null) stream.sending.carriedBy(beginning);
    }
  }

  int trust() {
    return trust.get();
  }

  /** What holds for every request to this origin. */
  void configure(HttpRequest.Builder builder, Route route) {
    builder.version(shares(route) ? Version.HTTP_2 : Version.HTTP_1_1);
    if (limits.keepAlive().isZero()) builder.setHeader("Connection", "close");
  }

  /** Tells a stream, on another thread, that its head takes too much. */
  void makesRoom(HttpStream stream) {
    if (!threads.isShutdown()) threads.execute(() -> stream.failed(HeadMemory.noMemory()));
  }

  boolean shares(Route route) {
    return route.secure() && http2;
  }

  void began(HttpStream stream) {
    running.put(stream.word, stream);
  }

  /** No limit holds for this one any more. */
  void ended(HttpStream stream) {
    running.remove(stream.word);
  }

  @Override
  public synchronized Origins guard(AddressGuard guard) {
    names.guard(guard);
    Clients last = clients;
    if (last != null && last.guard().equals(guard)) return last;
    Clients next = new Clients(this, guard);
    clients = next;
    return next;
  }

  void built(Clients by) {
    built.add(by);
  }

  @Override
  public void reserve(int port) {
    names.reserve(port);
  }

  @Override
  public void trustChanged() {
    trust.incrementAndGet();
  }

  @Override
  public void sweep(long now) {
    heads.sweep(now);
    Safely.each(running.values(), stream -> stream.check(now));
    for (Clients each : built) if (each != clients && !runs(each)) leave(each);
  }

  private boolean runs(Clients under) {
    for (HttpStream stream : running.values()) if (stream.sending.isBy(under)) return true;
    return false;
  }

  /** First out: a request that comes late has them built, and is in again. */
  private void leave(Clients former) {
    built.remove(former);
    former.leaveAll();
  }

  @Override
  public void close() {
    passages.close();
    names.close();
    threads.shutdown();
  }

  /** A secure origin is reached by a passage, whatever the JVM is told of proxies. */
  private static final class Ways extends ProxySelector {
    private final List<Proxy> passage;

    Ways(Passages passages) {
      passage = List.of(new Proxy(Proxy.Type.HTTP, passages.address));
    }

    @Override
    public List<Proxy> select(URI uri) {
      return passage;
    }

    @Override
    public void connectFailed(URI uri, SocketAddress at, IOException e) {
      // The request fails, and says so.
    }
  }
}
