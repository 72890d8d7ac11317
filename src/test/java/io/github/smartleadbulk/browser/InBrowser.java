package io.github.smartleadbulk.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class that opens pages in a real browser. Its constructor and its methods may take a
 * {@link Browser}, which is the same for the whole class and empty before each test.
 *
 * <p>Without the programs the class is skipped, with a message that names them. With {@code
 * -Dbrowser=required} it fails instead.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(BrowserExtension.class)
public @interface InBrowser {}
