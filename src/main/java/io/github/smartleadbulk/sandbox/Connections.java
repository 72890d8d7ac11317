package io.github.smartleadbulk.sandbox;

import com.sun.net.httpserver.HttpExchange;

/** What can be done to a connection beneath HTTP. */
@FunctionalInterface
interface Connections {

  /** Ends the connection without an answer. */
  void reset(HttpExchange exchange);
}
