package wsp.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * Sets Logback up: the daemons' lines from {@code info} on (or the system property {@code
 * wsp.log}), those of libraries from {@code warn} on, all to standard output. In code, since
 * reading it from XML is a fifth of a daemon's start. A file named in {@code
 * logback.configurationFile} is taken instead. Found by Logback, and public for that reason only.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_NORMAL_PRIORITY)
public final class LogSetup extends ContextAwareBase implements Configurator {
  static final String APPENDER = "stdout";

  public LogSetup() {}

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (System.getProperty("logback.configurationFile") != null
        || LogSetup.class.getResource("/logback-test.xml") != null)
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    LineEncoder format = new LineEncoder(Terminal.ofProcess().colours());
    StandardOutput appender = new StandardOutput(format, WholeLines.ofStandardOutput());
    appender.setContext(context);
    appender.setName(APPENDER);
    appender.start();
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    context.getLogger("wsp").setLevel(Level.toLevel(System.getProperty("wsp.log"), Level.INFO));
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
