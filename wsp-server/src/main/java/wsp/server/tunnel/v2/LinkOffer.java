package wsp.server.tunnel.v2;

import wsp.tunnel.v2.LinkTerms;

/**
 * What both sides have told in a handshake for version 2.
 *
 * @param settings what this server has told, and what it allows
 * @param theirs what the client has told
 */
public record LinkOffer(LinkSettings settings, LinkTerms theirs) {}
