package io.github.smartleadbulk.account;

/** Whether texts that are certainly damaged may be sent, see {@link TextDamage}. */
public enum DamagedText {
  REFUSED,
  ALLOWED
}
