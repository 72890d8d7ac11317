package io.github.smartleadbulk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartleadbulk.api.Answer;
import io.github.smartleadbulk.api.Answer.Accepted;
import io.github.smartleadbulk.api.Answer.Failed;
import io.github.smartleadbulk.api.ClientSettings;
import io.github.smartleadbulk.api.SharedHttp;
import io.github.smartleadbulk.api.Time;
import io.github.smartleadbulk.api.Transport;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate for "localhost" that nobody has signed but itself. */
@Timeout(30)
class TlsTest {

  private static final String PASSWORD = "changeit";
  private static final MockWebServer SERVER = new MockWebServer();

  @TempDir static Path folder;
  private static SSLContext tls;
  private static X509TrustManager trust;

  @BeforeAll
  static void start() throws Exception {
    Path file = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "server",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    TrustManagerFactory trusted =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore authorities = KeyStore.getInstance("PKCS12");
    authorities.load(null, null);
    authorities.setCertificateEntry("server", store.getCertificate("server"));
    trusted.init(authorities);
    trust = (X509TrustManager) trusted.getTrustManagers()[0];
    tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
    SERVER.useHttps(tls.getSocketFactory());
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void worksWithACertificateThatIsTrusted() throws Exception {
    SERVER.enqueue(new MockResponse(200, Headers.EMPTY, "{\"ok\":true}"));
    assertThat(lastTry("localhost", true)).isEqualTo(new Accepted(200, 1));
  }

  @Test
  void explainsAnAuthorityThatIsNotKnown() throws Exception {
    assertThat(lastTry("localhost", false))
        .isEqualTo(
            new Failed(
                null,
                1,
                "the certificate of localhost:"
                    + SERVER.getPort()
                    + " is from an authority that this Java does not trust (an intercepting"
                    + " proxy? add its certificate to Java's trust store)"));
  }

  @Test
  void explainsACertificateForAnotherName() throws Exception {
    assertThat(lastTry("127.0.0.1", true))
        .isEqualTo(
            new Failed(
                null,
                1,
                "the certificate of 127.0.0.1:"
                    + SERVER.getPort()
                    + " is for another name: this is not the right server"));
  }

  private static Answer lastTry(String host, boolean trusting) throws Exception {
    URI url = URI.create("https://" + host + ":" + SERVER.getPort() + "/");
    ClientSettings settings =
        Samples.withTimeout(
            Samples.withMaxAttempts(Samples.settings(url), 1), Duration.ofSeconds(10));
    SharedHttp shared = SharedHttp.create(1);
    OkHttpClient http = shared.client(settings);
    if (trusting) {
      http = http.newBuilder().sslSocketFactory(tls.getSocketFactory(), trust).build();
    }
    try (shared;
        ClientPool pool = ClientPool.start(1);
        SmartleadClient client =
            pool.create(
                settings, CallHistory.none(), new Transport(settings, http, Time.system()))) {
      return WaitingCaller.update(client, Samples.update(7)).get(15, TimeUnit.SECONDS);
    }
  }
}
