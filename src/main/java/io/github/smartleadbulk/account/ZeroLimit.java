package io.github.smartleadbulk.account;

/**
 * Whether a daily limit of 0 may be sent. SmartLead reads 0 as "no limit": in a test, five
 * mailboxes set to 0 went on sending as before. People who write 0 mean "stop", so 0 is refused
 * unless the user explicitly allows it.
 */
public enum ZeroLimit {
  REFUSED,
  ALLOWED
}
