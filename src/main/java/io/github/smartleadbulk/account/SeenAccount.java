package io.github.smartleadbulk.account;

/**
 * An account as a run has seen it.
 *
 * @param first the account before the run sent anything to it
 * @param latest the account at the last reading; without values if that reading did not find it
 */
public record SeenAccount(Account first, Account latest) {}
