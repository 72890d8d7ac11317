package io.github.smartleadbulk.postgres;

/** The database cannot be used by this version. The message says why. */
public final class NewerSchemaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NewerSchemaException(String message) {
    super(message);
  }
}
