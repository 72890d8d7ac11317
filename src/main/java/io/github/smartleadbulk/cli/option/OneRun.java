package io.github.smartleadbulk.cli.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * An option, or all options of a class, that only the command line can set. It is for options that
 * choose what a command works on, and for options that do harm if they stay set.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.TYPE})
public @interface OneRun {}
