package io.github.smartleadbulk.account;

/**
 * An account as a run has seen it.
 *
 * @param first before the run had sent anything to it
 * @param latest the same, unless the accounts were read again since; without values where it was
 *     not seen again
 */
public record SeenAccount(Account first, Account latest) {}
