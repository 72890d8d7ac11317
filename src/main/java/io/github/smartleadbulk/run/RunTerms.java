package io.github.smartleadbulk.run;

import org.jspecify.annotations.Nullable;

/**
 * What a command says about the run that it works on.
 *
 * @param guards of a run that begins now: those of the command line and of the config file
 * @param given those of {@code guards} that stand on the command line
 * @param passing whether the command may pass a guard that the run has
 * @param resumesStale whether to go on although a later run has set the same fields
 * @param dryRun whether to show what the command would change instead of changing it
 * @param profile whose settings count; null for none
 * @param invocation for the commands that messages offer
 */
public record RunTerms(
    StoredGuards guards,
    StoredGuards given,
    boolean passing,
    boolean resumesStale,
    boolean dryRun,
    @Nullable String profile,
    Invocation invocation) {

  /** Of a command that has no guards of its own. */
  public static RunTerms unguarded(@Nullable String profile, Invocation invocation) {
    return new RunTerms(
        StoredGuards.none(), StoredGuards.none(), false, false, false, profile, invocation);
  }
}
