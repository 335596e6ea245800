package wsp.server.tunnel.v2;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import wsp.envelope.RequestEnvelope;
import wsp.envelope.ResponseEnvelope;
import wsp.limit.Budget;
import wsp.process.Safely;
import wsp.server.listener.WebSocketConnection;
import wsp.tunnel.Reset;
import wsp.tunnel.v2.Heads;
import wsp.tunnel.v2.Link;
import wsp.tunnel.v2.LinkStream;
import wsp.tunnel.v2.LinkTerms;
import wsp.tunnel.v2.Windows;
import wsp.websocket.FrameWriter;

/**
 * A client's connection of version 2: a link with room for many streams. Messages come on the
 * connection's own thread, all else from any.
 */
public final class ServerLink implements WebSocketConnection.Listener {
  /** Hears of a link; no lock is held then. */
  public interface Owner extends Link.Owner<RequestEnvelope, ResponseEnvelope> {
    /** The client has refused a stream although it takes others: it has no room of its own. */
    void full();
  }

  private final WebSocketConnection socket;
  private final Owner owner;
  private final Link<RequestEnvelope, ResponseEnvelope> link;
  private final int places;
  private final int stallPasses;

  /** Streams that wait to hear whether the link is alive. */
  private final Set<CheckedStream> opening = ConcurrentHashMap.newKeySet();

  /** Streams whose client is to say whether it wants a body; those that are told go at a pass. */
  private final Set<CheckedStream> awaiting = ConcurrentHashMap.newKeySet();

  /**
   * A link whose client has greeted.
   *
   * @param offer what was told in the handshake
   * @param windows the memory for the windows of this client
   * @param heads the memory for heads of this client that are not whole
   */
  public ServerLink(
      WebSocketConnection socket, LinkOffer offer, Windows windows, Budget heads, Owner owner) {
    LinkSettings settings = offer.settings();
    LinkTerms theirs = offer.theirs();
    this.socket = socket;
    this.owner = owner;
    this.places = theirs.streams();
    this.stallPasses = settings.stallPasses();
    this.link =
        new Link<>(
            socket,
            FrameWriter.ofServer(),
            Heads.OF_SERVER,
            new Link.Limits(settings.terms(), theirs, settings.maxEnvelope(), windows, heads),
            owner);
  }

  /** True if a stream may be opened, as far as the link is concerned. */
  public boolean hasRoom() {
    return link.streams() < places && link.hasRoom();
  }

  public boolean carriesSome() {
    return link.streams() > 0;
  }

  /** Room for a stream, which is to be opened or reset; null if there is none, or no memory. */
  public @Nullable CheckedStream reserve() {
    if (link.streams() >= places) return null;
    CheckedStream stream = new CheckedStream(this);
    LinkStream<RequestEnvelope, ResponseEnvelope> opened = link.open(stream);
    if (opened == null) return null;
    stream.on(opened);
    return stream;
  }

  /**
   * Tells the stream when the link is known to be alive: the end of one that has been silent may
   * have arrived without having been read yet, so that is read first.
   */
  void open(CheckedStream stream) {
    if (socket.isOpen() && socket.isFresh()) {
      stream.opened();
      return;
    }
    opening.add(stream);
    if (socket.isOpen()) socket.afterReading(() -> alive(stream));
    else lost(stream);
  }

  private void alive(CheckedStream stream) {
    if (opening.remove(stream)) stream.opened();
  }

  private void lost(CheckedStream stream) {
    if (opening.remove(stream)) stream.closedBefore();
  }

  /** The client refuses a stream, while it takes others. */
  void refused() {
    if (!link.isDraining()) owner.full();
  }

  /** One pass of maintenance: breaks off what its client has taken nothing of for too long. */
  public void tick() {
    link.tick(stallPasses);
    awaiting.removeIf(this::hasWaited);
  }

  private boolean hasWaited(CheckedStream stream) {
    if (!stream.awaits()) return true;
    if (!stream.isSilent(stallPasses)) return false;
    socket.afterReading(stream::goesOn);
    return true;
  }

  /** The client is to say whether it wants the body of this one. */
  void awaits(CheckedStream stream) {
    awaiting.add(stream);
  }

  public void drain() {
    link.drain();
  }

  @Override
  public void onText(String part, boolean last) {
    link.onText();
  }

  @Override
  public void onBinary(ByteBuffer part, boolean last) {
    link.onBinary(part, last);
  }

  @Override
  public void onReadComplete() {
    link.onReadComplete();
  }

  @Override
  public void onClosing() {
    link.onReadComplete();
  }

  @Override
  public void onClosed(String reason, int code) {
    link.onClosed(code == MAKES_ROOM ? Reset.NO_MEMORY : Reset.LOST, reason);
    Safely.each(List.copyOf(opening), this::lost);
  }
}
