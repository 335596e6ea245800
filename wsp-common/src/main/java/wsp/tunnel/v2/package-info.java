/**
 * Version 2 of the wire: many streams on one link, as both daemons speak it (docs/wire.md). The one
 * place that knows its frames, their order, credit and turns; the daemons bring the WebSocket under
 * it and the exchanges on it.
 */
@NullMarked
package wsp.tunnel.v2;

import org.jspecify.annotations.NullMarked;
