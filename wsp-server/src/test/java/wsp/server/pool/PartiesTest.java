package wsp.server.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.server.pool.Parties.Holder;
import wsp.server.pool.Parties.Party;
import wsp.server.tunnel.v2.CheckedStream;
import wsp.server.tunnel.v2.LinkOffer;
import wsp.server.tunnel.v2.LinkSettings;
import wsp.server.tunnel.v2.ServerLink;
import wsp.tunnel.Reset;
import wsp.tunnel.v2.LinkStream;
import wsp.tunnel.v2.LinkTerms;
import wsp.tunnel.v2.Windows;

/** Who comes back after its last connection has gone shares memory with what it left behind. */
class PartiesTest {
  private static final Holder SOMEBODY = new Holder("", "192.0.2.1");

  private final Windows ofAll = new Windows(1 << 20);
  private final Parties parties = new Parties(1 << 20);

  private static final class Nobody implements ServerLink.Owner {
    @Override
    public void full() {}

    @Override
    public void ended(LinkStream<RequestEnvelope, ResponseEnvelope> stream) {}

    @Override
    public void draining() {}

    @Override
    public void violated(String why) {}
  }

  /** A stream of this party, which has a window. */
  private CheckedStream stream(Party party) {
    LinkSettings settings = LinkSettings.of(1000, ofAll, Duration.ofSeconds(10));
    ServerLink link =
        new ServerLink(
            PoolsFixture.socket(new PoolsFixture().connection("c")),
            new LinkOffer(settings, LinkTerms.DEFAULT),
            party.windows(ofAll),
            party.envelopes,
            new Nobody());
    CheckedStream reserved = link.reserve();
    assertNotNull(reserved);
    return reserved;
  }

  @Test
  void aPartyStaysWhileItsAnswersWaitForTheirReaders() {
    Party party = parties.comes(SOMEBODY);
    CheckedStream waits = stream(party);
    parties.leaves(SOMEBODY);
    assertSame(party, parties.comes(SOMEBODY));
    parties.leaves(SOMEBODY);
    waits.reset(Reset.CANCELLED);
    assertEquals(0, ofAll.used());
    assertNotSame(party, parties.comes(SOMEBODY));
  }

  @Test
  void aPartyWithoutAnyIsForgottenAtOnce() {
    Party party = parties.comes(SOMEBODY);
    party.windows(ofAll);
    parties.leaves(SOMEBODY);
    assertNotSame(party, parties.comes(SOMEBODY));
  }
}
