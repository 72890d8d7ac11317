package io.github.smartleadbulk.sandbox;

/** A request is refused. Carries the answer. */
@SuppressWarnings("serial") // Never leaves the process.
final class RefusedException extends Exception {

  final transient ApiResponse answer;

  RefusedException(ApiResponse answer) {
    super("status " + answer.status(), null, false, false);
    this.answer = answer;
  }
}
