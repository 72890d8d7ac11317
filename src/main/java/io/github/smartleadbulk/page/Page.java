package io.github.smartleadbulk.page;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;
import io.github.smartleadbulk.file.Fingerprint;
import io.github.smartleadbulk.template.Escaping;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;

/**
 * What all pages have in common. The names of public methods and record components are the names
 * that the templates use.
 *
 * <p>The content security policy of a page allows no network, and only the page's own script, by
 * its hash. Frames with signatures inherit it, and their sandbox allows no script at all.
 */
abstract class Page {

  private static final String SCRIPT = resource("page.js");

  private final Room room = new Room();

  /** The name of the template. */
  abstract String template();

  /** The heading, and the title of the browser's window. */
  public abstract String title();

  /** What is left of the size that a page may have. */
  final Room room() {
    return room;
  }

  public final String mark() {
    return PageFile.MARK;
  }

  public final String style() {
    return resource("page.css");
  }

  public final String script() {
    return SCRIPT;
  }

  /** The content security policy: nothing is loaded, and only one script runs. */
  public final String policy() {
    return "default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'"
        .formatted(hash(SCRIPT));
  }

  /**
   * Writes the page. Replaces the file as a whole, so that a reader never finds half of it.
   *
   * @throws PageException if the file cannot be written
   */
  public final void writeTo(Path path) {
    try {
      PageFile.write(path, this::writeTo);
    } catch (IOException e) {
      throw new PageException(path, e);
    } catch (UncheckedIOException e) {
      throw new PageException(path, Objects.requireNonNull(e.getCause()));
    } catch (MustacheException e) {
      // The engine wraps what the writer throws.
      if (e.getCause() instanceof IOException failure) {
        throw new PageException(path, failure);
      }
      throw e;
    }
  }

  private void writeTo(OutputStream out) throws IOException {
    Writer writer =
        new BufferedWriter(
            // A text that UTF-8 cannot encode gets question marks.
            new OutputStreamWriter(room.counting(out), StandardCharsets.UTF_8));
    Mustache.compiler()
        .withEscaper(Escaping.HTML.escaper())
        .nullValue("")
        .withLoader(name -> new StringReader(resource(name + ".mustache")))
        .compile(resource(template() + ".mustache"))
        .execute(this, writer);
    writer.flush();
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String hash(String script) {
    return Base64.getEncoder()
        .encodeToString(Fingerprint.sha256().digest(script.getBytes(StandardCharsets.UTF_8)));
  }
}
