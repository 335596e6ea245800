package wsp.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class ReportTest {
  @Test
  void bothVersionsOfTheWireStandSideBySide() {
    Figures figures = new Figures();
    assertFalse(FarPlot.of("t", figures).contains(FarPlot.ONE), "without figures it is empty");
    figures.add(FarPlot.DOWNLOADS, FarPlot.ONE, FarPlot.metric("MiB/s", 1), 40);
    figures.add(FarPlot.DOWNLOADS, FarPlot.ONE, FarPlot.metric("MiB/s", 2), 60);
    figures.add(FarPlot.SMALL, FarPlot.FAR, FarPlot.metric("p99 ms", 2), 51);
    String plot = FarPlot.of("t", figures);
    for (String text : new String[] {">40.0<", ">60.0<", ">51.0<", ">one<", ">version 2<"})
      assertTrue(plot.contains(text), text);
    String table = TextTable.of(figures);
    assertTrue(table.contains("| downloads over 50 ms | MiB/s, version 1 | MiB/s, version 2 |"));
  }

  private static Figures figures() {
    Figures figures = new Figures();
    figures.add("requests", "small, 1", "CPU s/10k", List.of(3.0, 1.0, 2.0));
    figures.add("requests", "small, 1", "server CPU s/10k", List.of(1.5));
    figures.add("requests", "small, 1", "client CPU s/10k", List.of(0.5));
    figures.count("requests", "small, 1", "errors", 0);
    figures.add("pools", "10", "server CPU s/10k", List.of(1.0, 2.0));
    figures.add("pools", "1000", "server CPU s/10k", List.of(1.0, 2.0));
    return figures;
  }

  @Test
  void aTableHasARowForEachCellAndAColumnForEachMetric() {
    String expected =
        """

        | requests |        CPU s/10k | server CPU s/10k | client CPU s/10k | errors |
        |----------|-----------------:|-----------------:|-----------------:|-------:|
        | small, 1 | 2.00 (1.00–3.00) |             1.50 |            0.500 |      0 |

        | pools | server CPU s/10k |
        |-------|-----------------:|
        | 10    | 1.50 (1.00–2.00) |
        | 1000  | 1.50 (1.00–2.00) |
        """;
    assertEquals(expected, TextTable.of(figures()));
  }

  @Test
  void theFileHasALineForEachFigure() {
    List<String> lines = Csv.of(figures()).lines().toList();
    assertEquals("section,cell,metric,value,low,high", lines.get(0));
    assertEquals("\"requests\",\"small, 1\",\"CPU s/10k\",2.0,1.0,3.0", lines.get(1));
    assertEquals(7, lines.size());
  }

  @Test
  void thePlotIsWellFormedWithABarForEachHalfAndADotForEachPoint() throws Exception {
    Document svg = parsed(Plot.of("A <title> & more", figures()));
    // The background, the two halves, two legends of bars and four of curves.
    assertEquals(1 + 2 + 2 + 4, svg.getElementsByTagName("rect").getLength());
    assertEquals(2, svg.getElementsByTagName("circle").getLength());
  }

  @Test
  void aRunOfOnePartHasAPlotToo() throws Exception {
    String svg = Plot.of("nothing", new Figures());
    assertTrue(!svg.contains("NaN") && !svg.contains("Infinity"), svg);
    parsed(svg);
  }

  private static Document parsed(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }
}
