package io.github.smartleadbulk.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartleadbulk.api.Answer.Failed;
import io.github.smartleadbulk.client.CallHistory;
import io.github.smartleadbulk.client.ClientPool;
import io.github.smartleadbulk.client.RawServer;
import io.github.smartleadbulk.client.Samples;
import io.github.smartleadbulk.client.SmartleadClient;
import io.github.smartleadbulk.client.WaitingCaller;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ProxiesTest {

  private static final URI SMARTLEAD = URI.create("https://server.smartlead.ai/api/v1");
  private static final Proxy OURS = proxy("proxy.example.com", 3128);

  @ParameterizedTest
  @ValueSource(strings = {"HTTPS_PROXY", "https_proxy"})
  void takesTheProxyOfTheEnvironment(String name) {
    Proxies proxies = Proxies.usual(null, Map.of(name, "http://proxy.example.com:3128/"));
    assertThat(proxies.select(SMARTLEAD)).containsExactly(OURS);
  }

  @Test
  void takesAProxyWithoutASchemeAndWithoutAPort() {
    assertThat(
            Proxies.usual(null, Map.of("HTTPS_PROXY", "proxy.example.com:3128")).select(SMARTLEAD))
        .containsExactly(OURS);
    assertThat(Proxies.usual(null, Map.of("HTTPS_PROXY", "proxy.example.com")).select(SMARTLEAD))
        .containsExactly(proxy("proxy.example.com", 80));
  }

  @ParameterizedTest
  @CsvSource({
    "'*', false",
    "smartlead.ai, false",
    "'.smartlead.ai', false",
    "'*.smartlead.ai', false",
    "'example.com, SERVER.smartlead.ai', false",
    "server.smartlead.ai:443, false",
    "lead.ai, true",
    "other.smartlead.ai, true",
    "' ', true"
  })
  void honoursTheExceptions(String noProxy, boolean proxied) {
    Proxies proxies =
        Proxies.usual(null, Map.of("HTTPS_PROXY", "proxy.example.com:3128", "NO_PROXY", noProxy));
    assertThat(proxies.select(SMARTLEAD)).containsExactly(proxied ? OURS : Proxy.NO_PROXY);
  }

  @Test
  void thePropertiesOfTheJvmComeFirst() {
    ProxySelector jvm = always(proxy("jvm.example.com", 8080));
    Map<String, String> environment = Map.of("HTTPS_PROXY", "proxy.example.com:3128");
    assertThat(Proxies.usual(jvm, environment).select(SMARTLEAD))
        .containsExactly(proxy("jvm.example.com", 8080));
    assertThat(Proxies.usual(always(Proxy.NO_PROXY), environment).select(SMARTLEAD))
        .containsExactly(OURS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:8080", "http://localhost", "https://[::1]:1"})
  void thisMachineIsNeverReachedByAProxy(String url) {
    Proxies proxies =
        Proxies.usual(
            always(proxy("jvm.example.com", 8080)),
            Map.of("HTTPS_PROXY", "proxy.example.com:3128"));
    assertThat(proxies.select(URI.create(url))).containsExactly(Proxy.NO_PROXY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"socks5://me:secret@host:1", "http://me:secret@ho st", "http://:80"})
  void refusesWhatItCannotUnderstandWithoutRepeatingIt(String proxy) {
    assertThatThrownBy(() -> Proxies.usual(null, Map.of("HTTPS_PROXY", proxy)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessage(
            "the proxy in HTTPS_PROXY cannot be understood, expected one such as"
                + " http://proxy.example.com:3128");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65_536, 99_999})
  void refusesAPortThatDoesNotExist(int port) {
    assertThatThrownBy(
            () -> Proxies.usual(null, Map.of("HTTPS_PROXY", "http://me:secret@host:" + port)))
        .isInstanceOf(ProxyException.class)
        .hasMessage("the proxy in HTTPS_PROXY has the port %d, expected one from 1 to 65535", port);
  }

  @Test
  void refusesAProxyOfTheJvmThatTheJvmRefuses() {
    assertThatThrownBy(
            () ->
                Proxies.usual(
                    new ProxySelector() {
                      @Override
                      public List<Proxy> select(URI uri) {
                        return List.of(proxy("jvm.example.com", 99_999));
                      }

                      @Override
                      public void connectFailed(
                          URI uri, SocketAddress address, IOException failure) {}
                    },
                    Map.of()))
        .isInstanceOf(ProxyException.class)
        .hasMessageContaining("JAVA_OPTS")
        .hasMessageEndingWith("port out of range:99999");
  }

  @Test
  void callsGoThroughTheProxyWhichGetsItsPasswordButNeverTheKey() throws Exception {
    try (RawServer proxy =
        RawServer.start(
            (number, connection) -> {
              RawServer.answer(connection, 502, "", "no way");
              return true;
            })) {
      Proxies proxies =
          Proxies.usual(null, Map.of("HTTPS_PROXY", "http://me:pw@127.0.0.1:" + proxy.port()));
      ClientSettings settings =
          Samples.withMaxAttempts(Samples.settings(URI.create("https://smartlead.invalid/")), 1);
      SharedHttp shared = SharedHttp.create(1);
      OkHttpClient http =
          shared
              .client(settings)
              .newBuilder()
              .proxySelector(proxies)
              .proxyAuthenticator(proxies)
              .build();
      try (shared;
          ClientPool pool = ClientPool.start(1);
          SmartleadClient client =
              pool.create(
                  settings, CallHistory.none(), new Transport(settings, http, Time.system()))) {
        assertThat(WaitingCaller.update(client, Samples.update(7)).get(10, TimeUnit.SECONDS))
            .isEqualTo(
                new Failed(
                    null,
                    1,
                    "no connection to smartlead.invalid:443: the proxy refuses to connect"
                        + " (Unexpected response code for CONNECT: 502)"));
      }
      assertThat(proxy.requests()).containsExactly("CONNECT smartlead.invalid:443 HTTP/1.1");
      assertThat(proxy.headers()).contains("Proxy-Authorization: Basic bWU6cHc=");
    }
  }

  private static Proxy proxy(String host, int port) {
    return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(host, port));
  }

  private static ProxySelector always(Proxy proxy) {
    return new ProxySelector() {
      @Override
      public List<Proxy> select(URI uri) {
        return List.of(proxy);
      }

      @Override
      public void connectFailed(URI uri, SocketAddress address, IOException failure) {}
    };
  }
}
