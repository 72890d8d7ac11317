package io.github.smartleadbulk.cli.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import picocli.CommandLine.TypeConversionException;

/**
 * The URL that receives the notice about a run.
 *
 * <p>Anybody who knows the URL can post to it, so messages show only its scheme and host.
 */
public record WebhookUrl(URI url) {

  public static WebhookUrl parse(String text) {
    URI url;
    try {
      url = new URI(text.strip());
    } catch (URISyntaxException e) {
      throw unusable("text that is not a URL");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw unusable("another scheme or none");
    }
    if (url.getHost() == null) {
      throw unusable("no host");
    }
    if (url.getPort() > 65_535) {
      throw unusable("port " + url.getPort());
    }
    if (url.getRawUserInfo() != null) {
      throw unusable("a user before the host");
    }
    return new WebhookUrl(url);
  }

  private static TypeConversionException unusable(String found) {
    return new TypeConversionException(
        "found " + found + ", expected a URL that begins with https:// or http:// and a host");
  }

  @Override
  public String toString() {
    return url.getScheme() + "://" + url.getHost();
  }
}
