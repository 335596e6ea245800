package wsp.client;

import java.util.concurrent.Executor;
import wsp.client.replay.Failure;
import wsp.client.replay.Replayer;
import wsp.rules.AccessRules;
import wsp.runtime.Failures;

/**
 * What every exchange needs.
 *
 * @param rules which destinations may be requested
 * @param replayer performs the requests
 * @param workers for what may take long
 * @param failures counts what fails
 */
record ExchangeContext(
    AccessRules rules, Replayer replayer, Executor workers, Failures<Failure> failures) {}
