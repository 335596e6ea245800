package wsp.config;

/** Makes something that cannot be made of every configuration. */
@FunctionalInterface
public interface ConfigFunction<A, B> {
  /** Makes it; an error names file, key and what was expected. */
  B of(A from) throws ConfigException;
}
