package io.github.smartleadbulk.sandbox;

/** Ends the work on a request with the answer that refuses it. */
@SuppressWarnings("serial") // Never leaves the process.
final class RefusedException extends Exception {

  final transient ApiResponse answer;

  RefusedException(ApiResponse answer) {
    super("status " + answer.status(), null, false, false);
    this.answer = answer;
  }
}
