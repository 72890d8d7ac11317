package io.github.smartleadbulk.cli.option;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The headings of options in the help, in this order. */
public enum Heading {
  COMMAND("Options"),
  INPUT("Input"),
  ACCOUNTS("Accounts and values"),
  GUARDS("Guards"),
  API("API"),
  LIMITS("Limits and retries"),
  UNATTENDED("Unattended runs"),
  OUTPUT("Output"),
  CONFIG("Settings"),
  HELP("Help");

  private final String title;

  Heading(String title) {
    this.title = title;
  }

  public String title() {
    return title;
  }

  /** The heading declared at the option, or else at its class. */
  public static Heading of(OptionSpec option) {
    Under under = find(option, Under.class);
    return under == null ? COMMAND : under.value();
  }

  public static <A extends Annotation> @Nullable A find(OptionSpec option, Class<A> type) {
    Field field = (Field) option.userObject();
    A found = field.getAnnotation(type);
    return found == null ? field.getDeclaringClass().getAnnotation(type) : found;
  }
}
