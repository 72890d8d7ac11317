package io.github.smartleadbulk.api;

import java.io.EOFException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Says why a call got no answer, in our own words if they are clearer than the exception's. The
 * exception's words are always cleaned, because they may contain URLs.
 *
 * @param server host and port, for people
 */
record FailureMessages(String server, Duration timeout, SingleLine oneLine) {

  String of(Throwable failure, boolean sent) {
    String tls = ofTls(failure);
    if (tls != null) {
      return tls;
    }
    if (find(failure, UnknownHostException.class) != null) {
      return "no connection to " + server + ": the name is not known (DNS)";
    }
    if (find(failure, InterruptedIOException.class) != null) {
      String seconds = ClientSettings.seconds(timeout);
      return sent ? "no answer in " + seconds : "no connection to " + server + " in " + seconds;
    }
    if (!sent) {
      return "no connection to " + server + ": " + ofConnection(failure);
    }
    if (find(failure, EOFException.class) != null) {
      return "the server closed the connection without an answer";
    }
    if (find(failure, ProtocolException.class) != null) {
      return "the answer is not HTTP";
    }
    if (find(failure, SocketException.class) != null) {
      return "the connection broke before an answer came";
    }
    return "no answer: " + shown(failure);
  }

  private String ofConnection(Throwable failure) {
    if (find(failure, NoRouteToHostException.class) != null) {
      return "no route to it";
    }
    String text = String.valueOf(failure.getMessage());
    if (text.contains("authenticate with proxy")) {
      return "the proxy asks for a user and a password";
    }
    if (text.contains("response code for CONNECT")) {
      return "the proxy refuses to connect (" + shown(failure) + ")";
    }
    return find(failure, ConnectException.class) == null ? shown(failure) : "connection refused";
  }

  private @Nullable String ofTls(Throwable failure) {
    if (find(failure, SSLPeerUnverifiedException.class) != null) {
      return "the certificate of " + server + " is for another name: this is not the right server";
    }
    if (find(failure, CertificateExpiredException.class) != null) {
      return "the certificate of " + server + " has expired (is this machine's clock right?)";
    }
    if (find(failure, CertificateNotYetValidException.class) != null) {
      return "the certificate of " + server + " is not valid yet (is this machine's clock right?)";
    }
    if (find(failure, CertPathBuilderException.class) != null
        || find(failure, CertPathValidatorException.class) != null) {
      return "the certificate of "
          + server
          + " is from an authority that this Java does not trust (an intercepting proxy? add its"
          + " certificate to Java's trust store)";
    }
    SSLException other = find(failure, SSLException.class);
    return other == null ? null : "no TLS connection to " + server + ": " + shown(other);
  }

  private String shown(Throwable failure) {
    String text = failure.getMessage();
    return text == null || text.isBlank() ? "no reason is known" : oneLine.of(withoutTypes(text));
  }

  /** Messages of wrapped exceptions name their types. */
  private static String withoutTypes(String text) {
    return text.replaceAll("\\b(?:[a-z]\\w*\\.)+[A-Z][\\w$]*(?:Exception|Error)(?:: |$)", "");
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    int deepest = 20;
    for (Throwable t = failure; t != null && deepest > 0; t = t.getCause(), deepest--) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
