package wsp.client;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import wsp.client.httpclient.HttpClientEngine;
import wsp.client.httpclient.JvmSettings;
import wsp.client.net.Reactor;
import wsp.client.origin.EngineSettings;
import wsp.client.origin.HeadMemory;
import wsp.client.origin.OriginEngine;
import wsp.client.replay.Replayer;
import wsp.config.ConfigException;
import wsp.tls.TlsFiles;

/** Chooses the engine, and alone knows what there is; of one that is not chosen, nothing loads. */
final class Engines {
  /** Beside the memory for envelopes, so much of it for heads of answers that are not whole. */
  private static final int HEADS_PART = 4;

  private Engines() {}

  private static boolean isOwn(ClientConfig config) {
    return config.engine().kind() == EngineSettings.Kind.OWN;
  }

  /** To be called before anything else of the process that may load a class which reads it. */
  static void prepare(ClientConfig config) {
    if (isOwn(config)) return;
    int each = config.targets().wire().maxExchanges();
    JvmSettings.set(config.origin(), each * config.targets().all().size());
  }

  static OriginEngine of(
      ClientConfig config, TlsFiles tls, Reactor reactor, ScheduledExecutorService timer)
      throws ConfigException {
    HeadMemory heads =
        new HeadMemory(
            config.targets().wire().envelopeMemory() / HEADS_PART,
            config.targets().times().stall());
    if (isOwn(config)) return new Replayer(config.origin(), heads, tls, reactor, timer);
    prepare(config);
    try {
      return new HttpClientEngine(config.origin(), heads, tls, config.engine().http2());
    } catch (IOException e) {
      throw new ConfigException(
          "engine: httpclient needs a port of the loopback: " + e.getMessage());
    }
  }

  static List<String> warnings(ClientConfig config) {
    return isOwn(config) ? List.of() : JvmSettings.warnings(config.engine(), config.origin());
  }
}
