package wsp.process;

/**
 * Marks a thread whose work no other takes over: a daemon that has lost it ends, so that it is
 * started anew, instead of staying there half dead ({@link LastResort}).
 */
public interface Vital {}
