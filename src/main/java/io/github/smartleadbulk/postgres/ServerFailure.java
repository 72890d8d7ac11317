package io.github.smartleadbulk.postgres;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Optional;

/** What is told of a server that cannot be used. */
public final class ServerFailure {

  /** The server wants a password, or another kind of connection. */
  private static final String REFUSED = "08004";

  private ServerFailure() {}

  /**
   * The message for a failure because the server is away, or because this process was out of touch
   * with it; empty for any other failure. What is on record is safe then, and the same command can
   * go on later.
   */
  public static Optional<String> find(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SessionLostException) {
        return Optional.ofNullable(cause.getMessage());
      }
      if (cause instanceof SQLException sql
          && SessionLostException.SQL_STATE.equals(sql.getSQLState())) {
        return Optional.of(SessionLostException.MESSAGE);
      }
      if (cause instanceof SQLException sql && isAway(sql)) {
        return Optional.of(
            "the PostgreSQL server cannot be used ("
                + words(sql)
                + "). What is on record is safe. Run the same command again when the server is back");
      }
    }
    return Optional.empty();
  }

  /**
   * Classes 08, 57P and 53 of the SQL states: no connection, the server is shutting down, or it has
   * no room.
   */
  private static boolean isAway(SQLException failure) {
    String state = String.valueOf(failure.getSQLState());
    return (state.startsWith("08") && !state.equals(REFUSED))
        || state.startsWith("57P")
        || state.startsWith("53");
  }

  /** The message of the driver or the server, on one line. */
  public static String words(SQLException failure) {
    SQLException told = failure;
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      // The pool only says that it has no connection; the driver says why.
      if (cause instanceof SQLException inner) {
        told = inner;
      }
    }
    // In these cases the driver only says that it failed.
    String message =
        told.getCause() instanceof UnknownHostException unknown
            ? "unknown host " + unknown.getMessage()
            : told.getCause() instanceof SocketTimeoutException
                ? "no answer"
                : String.valueOf(told.getMessage());
    return message.strip().replaceAll("\\s+", " ");
  }

  /** A failure with the message of {@link #find}, or else in the words of {@link #words}. */
  static IOException io(SQLException failure) {
    return new IOException(find(failure).orElseGet(() -> words(failure)), failure);
  }
}
