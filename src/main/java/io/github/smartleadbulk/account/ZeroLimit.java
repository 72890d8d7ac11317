package io.github.smartleadbulk.account;

/**
 * Whether a daily limit of 0 may be sent. Reports disagree on whether SmartLead takes it as "stop"
 * or as "no limit", so it is refused unless the user insists.
 */
public enum ZeroLimit {
  REFUSED,
  ALLOWED
}
