package io.github.smartleadbulk.account;

/**
 * Whether a daily limit of 0 may be sent. SmartLead takes it for "no limit", as was measured: five
 * mailboxes set to 0 went on sending as before. People who write 0 mean "stop", so it is refused
 * unless the user insists.
 */
public enum ZeroLimit {
  REFUSED,
  ALLOWED
}
