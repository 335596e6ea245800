package wsp.bench.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import wsp.destination.Destination;
import wsp.destination.InvalidDestinationException;

/** A destination, parsed and made canonical. */
@State(Scope.Benchmark)
public class DestinationBenchmark {
  /** An ordinary one, and one with much to make canonical. */
  @Param({Samples.URL, "HTTPS://[2001:DB8:0:0::1]:443/a/%2e%2E/b//%7Euser?q=%5B1%5D"})
  public String url = Samples.URL;

  /** From the text of the field. */
  @Benchmark
  public Destination parse() throws InvalidDestinationException {
    return Destination.parse(url);
  }
}
