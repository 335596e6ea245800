package wsp.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import wsp.config.ConfigException;
import wsp.config.ConfigFile;

/** What a stranger's hello can make a server compute. */
class FiniteFieldsTest {
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;

  private static SSLEngine server() throws ConfigException {
    String at = Path.of("src/test/resources/tls/test.cfg").toAbsolutePath().toString();
    ConfigFile config = ConfigFile.parse(at, "cert: rsa.pem\nkey: rsa.key\n");
    TlsFiles files = TlsFiles.server(TlsSettings.ofServer(config, "cert", "key", "clientca"));
    SSLEngine engine = files.context().createSSLEngine();
    files.configure(engine);
    return engine;
  }

  private static void put(ByteArrayOutputStream out, int type, byte[] body) {
    number(out, type);
    number(out, body.length);
    out.writeBytes(body);
  }

  private static void number(ByteArrayOutputStream out, int two) {
    out.write(two >> 8);
    out.write(two);
  }

  /** A ClientHello of TLS 1.3 (RFC 8446 §4.1.2) that offers one group, and a share of it. */
  private static ByteBuffer hello(int group, int shareBytes) {
    byte[] share = new byte[shareBytes];
    Arrays.fill(share, (byte) 0x7f);
    ByteArrayOutputStream shares = new ByteArrayOutputStream();
    number(shares, shareBytes + 4);
    put(shares, group, share);
    ByteArrayOutputStream extensions = new ByteArrayOutputStream();
    put(extensions, 10, new byte[] {0, 2, (byte) (group >> 8), (byte) group});
    put(extensions, 43, new byte[] {2, 3, 4});
    put(extensions, 13, new byte[] {0, 4, 8, 4, 4, 3});
    put(extensions, 51, shares.toByteArray());
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    number(body, 0x0303);
    body.writeBytes(new byte[32]);
    body.writeBytes(new byte[] {0, 0, 2, 0x13, 0x01, 1, 0});
    number(body, extensions.size());
    body.writeBytes(extensions.toByteArray());
    ByteArrayOutputStream record = new ByteArrayOutputStream();
    record.write(HANDSHAKE);
    number(record, 0x0301);
    number(record, body.size() + 4);
    record.write(1);
    record.write(0);
    number(record, body.size());
    record.writeBytes(body.toByteArray());
    return ByteBuffer.wrap(record.toByteArray());
  }

  /** The type of the first record of the answer. */
  private static int answer(SSLEngine engine, ByteBuffer hello) throws SSLException {
    ByteBuffer nothing = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    engine.unwrap(hello, nothing);
    while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK)
      engine.getDelegatedTask().run();
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    try {
      engine.wrap(ByteBuffer.allocate(0), out);
    } catch (SSLException e) {
      return ALERT;
    }
    return out.get(0);
  }

  /** Which of the groups are answered. */
  public static void main(String[] args) throws Exception {
    for (String arg : args) {
      String[] share = arg.split(":", -1);
      ByteBuffer hello = hello(Integer.decode(share[0]), Integer.parseInt(share[1]));
      System.out.println(share[0] + " " + (answer(server(), hello) == HANDSHAKE));
    }
  }

  /**
   * In a process of its own: the JDK asks once what is allowed, which other tests of this one may
   * have made it do before.
   */
  @Test
  void aHelloWithAFieldAloneIsRefused() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FiniteFieldsTest.class.getName(),
                "0x1d:32",
                "0x100:256",
                "0x101:384",
                "0x102:512",
                "0x103:768",
                "0x104:1024")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      List<String> told =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .toList();
      assertEquals(
          List.of(
              "0x1d true",
              "0x100 false",
              "0x101 false",
              "0x102 false",
              "0x103 false",
              "0x104 false"),
          told);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void noCipherSuiteHasOneEither() throws Exception {
    String[] suites = server().getEnabledCipherSuites();
    assertTrue(suites.length > 3);
    for (String suite : suites) assertFalse(suite.startsWith("TLS_DHE_"), suite);
  }
}
