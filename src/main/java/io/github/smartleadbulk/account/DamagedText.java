package io.github.smartleadbulk.account;

/** Whether texts may go out that are certainly damaged: see {@link TextDamage}. */
public enum DamagedText {
  REFUSED,
  ALLOWED
}
