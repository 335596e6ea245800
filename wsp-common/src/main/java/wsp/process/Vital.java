package wsp.process;

/**
 * Marks a thread that has no substitute: a daemon that has lost it ends, so that it is started
 * anew, instead of staying there half dead ({@link LastResort}).
 */
public interface Vital {}
