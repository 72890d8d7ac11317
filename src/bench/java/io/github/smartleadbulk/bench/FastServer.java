package io.github.smartleadbulk.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;

/**
 * A process that answers every POST with {@code {"ok":true}} and every GET with an empty list, each
 * after the same time, and counts. One thread and as little as possible for each call, since it
 * shares the machine with what is measured.
 */
final class FastServer {

  private static final ByteBuffer OK = json("{\"ok\":true}");
  private static final ByteBuffer EMPTY = json("[]");

  private final Selector selector;
  private final long latency;
  private final Queue<Call> underWay = new ArrayDeque<>();
  private long calls;
  private long firstMillis;
  private long firstNanos;
  private long lastNanos;
  private long callNanos;

  private record Call(SocketChannel channel, ByteBuffer answer, long arrived) {}

  private FastServer(Selector selector, long latency) {
    this.selector = selector;
    this.latency = latency;
  }

  /**
   * Serves until its standard input ends, which is when its parent does.
   *
   * @param args the latency in milliseconds
   */
  public static void main(String[] args) throws IOException {
    Selector selector = Selector.open();
    ServerSocketChannel door =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    door.configureBlocking(false).register(selector, SelectionKey.OP_ACCEPT);
    System.out.println(door.socket().getLocalPort());
    Thread parent =
        new Thread(
            () -> {
              try {
                System.in.transferTo(java.io.OutputStream.nullOutputStream());
              } catch (IOException e) {
                // Gone as well.
              }
              System.exit(0);
            });
    parent.setDaemon(true);
    parent.start();
    new FastServer(selector, Long.parseLong(args[0]) * 1_000_000).serve();
  }

  private void serve() throws IOException {
    while (true) {
      answerDue();
      Call next = underWay.peek();
      long wait = next == null ? 0 : next.arrived + latency - System.nanoTime();
      if (next == null) {
        selector.select();
      } else if (wait > 200_000) {
        selector.select(Math.max(1, wait / 1_000_000));
      } else {
        selector.selectNow();
      }
      for (Iterator<SelectionKey> keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
        SelectionKey key = keys.next();
        keys.remove();
        if (key.isValid() && key.isAcceptable()) {
          accept((ServerSocketChannel) key.channel());
        } else if (key.isValid()) {
          read(key);
        }
      }
    }
  }

  private void accept(ServerSocketChannel door) throws IOException {
    SocketChannel channel = door.accept();
    if (channel != null) {
      channel.configureBlocking(false);
      channel.socket().setTcpNoDelay(true);
      channel.register(selector, SelectionKey.OP_READ, ByteBuffer.allocate(16_384));
    }
  }

  private void read(SelectionKey key) throws IOException {
    SocketChannel channel = (SocketChannel) key.channel();
    ByteBuffer buffer = (ByteBuffer) key.attachment();
    try {
      if (channel.read(buffer) < 0) {
        channel.close();
        return;
      }
    } catch (IOException e) {
      channel.close();
      return;
    }
    String request = new String(buffer.array(), buffer.arrayOffset(), buffer.position(), US_ASCII);
    int head = request.indexOf("\r\n\r\n");
    if (head < 0 || buffer.position() < head + 4 + contentLength(request, head)) {
      return;
    }
    buffer.clear();
    if (request.startsWith("GET /statistics")) {
      write(channel, statistics());
    } else {
      arrived(new Call(channel, request.startsWith("POST") ? OK : EMPTY, System.nanoTime()));
    }
  }

  private static int contentLength(String request, int head) {
    String name = "\r\ncontent-length:";
    for (int at = 0; at < head; at = request.indexOf("\r\n", at + 2)) {
      if (request.regionMatches(true, at, name, 0, name.length())) {
        int from = at + name.length();
        return Integer.parseInt(request.substring(from, request.indexOf("\r\n", from)).strip());
      }
    }
    return 0;
  }

  private void arrived(Call call) {
    if (calls++ == 0) {
      firstMillis = System.currentTimeMillis();
      firstNanos = call.arrived;
    }
    underWay.add(call);
  }

  private void answerDue() throws IOException {
    for (Call call = underWay.peek(); call != null; call = underWay.peek()) {
      long now = System.nanoTime();
      if (call.arrived + latency > now) {
        return;
      }
      underWay.remove();
      lastNanos = now;
      callNanos += now - call.arrived;
      write(call.channel, call.answer.duplicate());
    }
  }

  private static void write(SocketChannel channel, ByteBuffer answer) throws IOException {
    try {
      while (answer.hasRemaining()) {
        channel.write(answer);
      }
    } catch (IOException e) {
      channel.close();
    }
  }

  /** Since the last time that somebody asked. */
  private ByteBuffer statistics() {
    ByteBuffer answer =
        json(
            String.join(
                " ", "" + calls, "" + firstMillis, "" + (lastNanos - firstNanos), "" + callNanos));
    calls = 0;
    callNanos = 0;
    return answer;
  }

  private static ByteBuffer json(String body) {
    String head =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length();
    return ByteBuffer.wrap((head + "\r\n\r\n" + body).getBytes(US_ASCII));
  }
}
