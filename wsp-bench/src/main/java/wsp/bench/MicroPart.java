package wsp.bench;

import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import wsp.bench.report.Figures;

/** The hot code that needs no network, by JMH: time and allocation of one operation. */
final class MicroPart {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private MicroPart() {}

  static void run(Settings settings, Figures figures) throws RunnerException {
    System.out.println("micro: JMH, some minutes unless quick");
    for (RunResult result : new Runner(options(settings).build()).run()) {
      Result<?> time = result.getPrimaryResult();
      String name = name(result.getParams());
      // Without enough iterations there is no error to speak of.
      double error = Double.isNaN(time.getScoreError()) ? 0 : time.getScoreError();
      figures.add("micro", name, "ns", time.getScore(), error);
      figures.add("micro", name, "bytes allocated", allocated(result));
    }
  }

  private static ChainedOptionsBuilder options(Settings settings) {
    boolean quick = settings.quick();
    TimeValue iteration = TimeValue.milliseconds(quick ? 50 : 1000);
    return new OptionsBuilder()
        .include("Benchmark")
        .mode(Mode.AverageTime)
        .timeUnit(java.util.concurrent.TimeUnit.NANOSECONDS)
        .forks(1)
        .warmupIterations(quick ? 1 : 3)
        .warmupTime(iteration)
        .measurementIterations(quick ? 2 : 5)
        .measurementTime(iteration)
        .addProfiler(GCProfiler.class)
        .shouldFailOnError(true)
        .verbosity(VerboseMode.SILENT);
  }

  private static double allocated(RunResult result) {
    Result<?> bytes = result.getSecondaryResults().get(ALLOCATED);
    if (bytes == null) throw new IllegalStateException("JMH gives no " + ALLOCATED);
    return bytes.getScore();
  }

  /** Class and method without what all have in common, and the parameters. */
  private static String name(BenchmarkParams params) {
    String name = params.getBenchmark();
    String method = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
    return method.replace("Benchmark", "")
        + params.getParamsKeys().stream()
            .map(key -> " " + key + "=" + params.getParam(key))
            .collect(Collectors.joining());
  }
}
