package io.github.smartleadbulk.sandbox;

import com.sun.net.httpserver.HttpExchange;

/** Acts on connections below HTTP. */
@FunctionalInterface
interface Connections {

  /** Ends the connection without an answer. */
  void reset(HttpExchange exchange);
}
