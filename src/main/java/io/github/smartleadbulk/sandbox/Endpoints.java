package io.github.smartleadbulk.sandbox;

/** What answers the calls that are let in. */
@FunctionalInterface
interface Endpoints {
  ApiResponse answer(ApiRequest request, byte[] body);
}
