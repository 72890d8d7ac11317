package io.github.smartleadbulk.page;

import io.github.smartleadbulk.template.Escaping;
import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.CategoryItemRenderer;
import org.jfree.chart.renderer.category.LineAndShapeRenderer;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.text.TextBlock;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.RangeType;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jspecify.annotations.Nullable;

/**
 * A chart over places in a row, such as days, and its figures as a table. The chart is drawn when
 * the page is made, so it needs no script. The table is for readers who cannot see the chart.
 *
 * <p>The colours are the style sheet's, so that a chart is light or dark with its page.
 *
 * @param title what the chart shows, as a heading
 * @param places the name of the horizontal axis
 * @param names the places, in order
 * @param unit the name of the vertical axis
 */
record Chart(String title, String places, List<String> names, String unit, List<Series> series) {

  /** How a series is drawn. */
  enum Form {
    /** A bar beside the bars of other series. */
    BAR,
    /** A bar on top of the bars of other series. */
    STACK,
    LINE
  }

  /** One number for each place. Series that are stacked or side by side come first. */
  record Series(String name, Form form, List<Long> values) {}

  private static final int WIDTH = 760;
  private static final int HEIGHT = 300;

  /** More names than this would overlap. */
  private static final int MOST_NAMES = 10;

  /** Colours that stand for those of the style sheet, in the order of its {@code --chart-N}. */
  private static final Pattern STAND_IN = Pattern.compile("rgb\\(1,1,(\\d+)\\)");

  private static final Paint TEXT = standIn(0);
  private static final Paint GRID = standIn(1);
  private static final int FIRST_SERIES = 2;

  private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);

  private static Color standIn(int number) {
    return new Color(1, 1, number);
  }

  /** A figure of the table. */
  record Row(String place, List<String> values) {}

  public List<Row> rows() {
    return IntStream.range(0, names.size())
        .mapToObj(
            i ->
                new Row(
                    names.get(i),
                    series.stream().map(one -> Figures.number(one.values().get(i))).toList()))
        .toList();
  }

  /** What the chart shows, for readers who cannot see it. */
  public String description() {
    return "%s. %s by %s. The figures follow as a table."
        .formatted(title, unit, places.toLowerCase(Locale.ROOT));
  }

  /** The chart as an SVG element; null if this Java has no fonts and cannot draw. */
  public @Nullable String svg() {
    System.setProperty("java.awt.headless", "true");
    try {
      return draw();
    } catch (LinkageError | AWTError | InternalError | RuntimeException e) {
      return null;
    }
  }

  private String draw() {
    CategoryPlot plot = plot();
    JFreeChart chart = new JFreeChart(null, FONT, plot, series.size() > 1);
    chart.setBackgroundPaint(null);
    chart.setBorderVisible(false);
    if (chart.getLegend() != null) {
      chart.getLegend().setPosition(RectangleEdge.TOP);
      chart.getLegend().setBackgroundPaint(null);
      chart.getLegend().setFrame(BlockBorder.NONE);
      chart.getLegend().setItemPaint(TEXT);
      chart.getLegend().setItemFont(FONT);
    }
    SVGGraphics2D canvas = canvas();
    ChartRenderingInfo info = new ChartRenderingInfo();
    chart.draw(canvas, new Rectangle2D.Double(0, 0, WIDTH, HEIGHT), info);
    StringWriter svg = new StringWriter();
    try {
      canvas.stream(svg, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return element(svg.toString(), spots(plot, info.getPlotInfo().getDataArea()));
  }

  private CategoryPlot plot() {
    CategoryAxis horizontal = new SparseAxis(places, names);
    horizontal.setCategoryMargin(0.15);
    horizontal.setLowerMargin(0.01);
    horizontal.setUpperMargin(0.01);
    NumberAxis vertical = new NumberAxis(unit);
    vertical.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
    vertical.setNumberFormatOverride(Figures.numbers());
    vertical.setAutoRangeMinimumSize(1);
    vertical.setRangeType(RangeType.POSITIVE);
    CategoryPlot plot = new CategoryPlot();
    plot.setDomainAxis(horizontal);
    plot.setRangeAxis(vertical);
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(new BasicStroke(1));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
    for (var axis : List.of(horizontal, vertical)) {
      axis.setLabelPaint(TEXT);
      axis.setLabelFont(FONT);
      axis.setTickLabelPaint(TEXT);
      axis.setTickLabelFont(FONT);
      axis.setAxisLinePaint(GRID);
      axis.setTickMarkPaint(GRID);
    }
    int index = 0;
    for (Form form : Form.values()) {
      List<Series> ofForm = series.stream().filter(one -> one.form() == form).toList();
      if (!ofForm.isEmpty()) {
        plot.setDataset(index, dataset(ofForm));
        plot.setRenderer(index, renderer(form, ofForm));
        index++;
      }
    }
    // Lines come last, so that bars do not cover them.
    plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
    return plot;
  }

  private CategoryDataset dataset(List<Series> ofForm) {
    DefaultCategoryDataset dataset = new DefaultCategoryDataset();
    for (Series one : ofForm) {
      for (int i = 0; i < names.size(); i++) {
        dataset.addValue(one.values().get(i), one.name(), Integer.valueOf(i));
      }
    }
    return dataset;
  }

  private CategoryItemRenderer renderer(Form form, List<Series> ofForm) {
    CategoryItemRenderer renderer =
        switch (form) {
          case BAR -> flat(new BarRenderer());
          case STACK -> flat(new StackedBarRenderer());
          case LINE -> new LineAndShapeRenderer(true, names.size() == 1);
        };
    for (int i = 0; i < ofForm.size(); i++) {
      renderer.setSeriesPaint(i, standIn(color(ofForm.get(i))));
      renderer.setSeriesStroke(i, new BasicStroke(2));
    }
    return renderer;
  }

  /** The first colour is pale: it suits the series that the others are compared with. */
  private int color(Series one) {
    return FIRST_SERIES + (series.size() == 1 ? 1 : series.indexOf(one));
  }

  private static BarRenderer flat(BarRenderer renderer) {
    renderer.setBarPainter(new StandardBarPainter());
    renderer.setShadowVisible(false);
    renderer.setItemMargin(0);
    renderer.setMaximumBarWidth(0.08);
    return renderer;
  }

  private static SVGGraphics2D canvas() {
    try {
      SVGGeneratorContext context =
          SVGGeneratorContext.createDefault(
              DocumentBuilderFactory.newDefaultInstance()
                  .newDocumentBuilder()
                  .getDOMImplementation()
                  .createDocument(SVGGraphics2D.SVG_NAMESPACE_URI, "svg", null));
      context.setComment(null);
      SVGGraphics2D canvas = new SVGGraphics2D(context, false);
      canvas.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
      return canvas;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One spot for each place, as high as the chart. A pointer over a spot shows its figures. */
  private String spots(CategoryPlot plot, Rectangle2D area) {
    StringBuilder spots = new StringBuilder();
    for (int i = 0; i < names.size(); i++) {
      CategoryAxis axis = plot.getDomainAxis();
      double middle = axis.getCategoryMiddle(i, names.size(), area, plot.getDomainAxisEdge());
      double width = area.getWidth() / names.size();
      spots.append(
          "<rect class=\"spot\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s</title></rect>"
              .formatted(
                  middle - width / 2, area.getY(), width, area.getHeight(), escaped(spot(i))));
    }
    return spots.toString();
  }

  private String spot(int place) {
    List<String> parts = new ArrayList<>();
    for (Series one : series) {
      String value = Figures.number(one.values().get(place));
      parts.add(series.size() == 1 ? value + " " + unit : one.name() + " " + value);
    }
    return names.get(place) + ": " + String.join(", ", parts);
  }

  /** The drawing without its XML head, in the colours of the page, and with spots on top. */
  private String element(String drawing, String spots) {
    String own = "c" + Integer.toHexString(hashCode());
    String body = drawing.substring(drawing.indexOf('>', drawing.indexOf("<svg")) + 1);
    String coloured =
        STAND_IN
            .matcher(body)
            .replaceAll("var(--chart-$1)")
            .replaceAll("font-family:[^;\"]*;?", "");
    String unique =
        coloured.replaceAll("(id=\"|url\\(#)", "$1" + own).replace(" xml:space=\"preserve\"", "");
    return "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%s</svg>"
        .formatted(
            WIDTH,
            HEIGHT,
            escaped(description()),
            unique.substring(0, unique.lastIndexOf("</svg")) + spots);
  }

  private static String escaped(String text) {
    return Escaping.HTML.escaper().escape(text);
  }

  /** An axis that names only as many places as there is room for. */
  private static final class SparseAxis extends CategoryAxis {

    private static final long serialVersionUID = 1;

    private final transient List<String> names;

    SparseAxis(String label, List<String> names) {
      super(label);
      this.names = names;
    }

    // The library's signature.
    @SuppressWarnings("rawtypes")
    @Override
    protected TextBlock createLabel(
        Comparable category, float width, RectangleEdge edge, Graphics2D canvas) {
      int place = (Integer) category;
      int step = Math.max(1, (names.size() + MOST_NAMES - 1) / MOST_NAMES);
      return TextUtils.createTextBlock(
          place % step == 0 ? names.get(place) : "",
          getTickLabelFont(category),
          getTickLabelPaint(category));
    }
  }
}
