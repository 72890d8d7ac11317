package io.github.smartleadbulk.guard;

/**
 * Why a guard stops a run.
 *
 * @param message what was found
 * @param option that passes the guard, such as {@code --max-changes 120}
 */
public record Objection(String message, String option) {}
