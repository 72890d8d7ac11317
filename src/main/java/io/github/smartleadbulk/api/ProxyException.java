package io.github.smartleadbulk.api;

/**
 * The settings of this process name a proxy that cannot be used. The message does not repeat the
 * address, because it may contain a password.
 */
public final class ProxyException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  ProxyException(String message) {
    super(message);
  }
}
