package wsp.client;

import java.util.concurrent.Executor;
import wsp.client.replay.Replayer;
import wsp.rules.AccessRules;

/**
 * What every exchange needs.
 *
 * @param rules which destinations may be requested
 * @param replayer performs the requests
 * @param workers for what may take long
 */
record ExchangeContext(AccessRules rules, Replayer replayer, Executor workers) {}
