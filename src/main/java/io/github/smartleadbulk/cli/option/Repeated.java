package io.github.smartleadbulk.cli.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An option, or all options of a class, without which a resumed run would be another one: the
 * command that resumes the run names it again.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.TYPE})
public @interface Repeated {
  boolean value() default true;
}
