package io.github.smartleadbulk.sandbox;

import java.io.IOException;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Finds accounts by address and has no address in memory: a table of ids, each at or behind the
 * place that the hash of its address names. Whether it is the right one, its record tells.
 */
final class AddressIndex {

  /** Where the addresses are. */
  interface Addresses {
    String of(int id) throws IOException;
  }

  private final Addresses addresses;

  /** 0 is a free place; at least half of them are. */
  private int[] ids = new int[16];

  private int size;

  AddressIndex(Addresses addresses) {
    this.addresses = addresses;
  }

  void add(int id, String address) throws IOException {
    if (2 * (size + 1) > ids.length) {
      int[] before = ids;
      ids = new int[2 * before.length];
      for (int one : before) {
        if (one != 0) {
          insert(one, addresses.of(one));
        }
      }
    }
    insert(id, address);
    size++;
  }

  private void insert(int id, String address) {
    int place = place(address);
    while (ids[place] != 0) {
      place = next(place);
    }
    ids[place] = id;
  }

  /** The accounts that were added with this address, however its letters are cased. */
  int[] find(String address) throws IOException {
    IntStream.Builder found = IntStream.builder();
    for (int place = place(address); ids[place] != 0; place = next(place)) {
      if (folded(addresses.of(ids[place])).equals(folded(address))) {
        found.add(ids[place]);
      }
    }
    return found.build().toArray();
  }

  private int place(String address) {
    int mixed = folded(address).hashCode() * 0x9E3779B9;
    return (mixed ^ (mixed >>> 16)) & (ids.length - 1);
  }

  private int next(int place) {
    return (place + 1) & (ids.length - 1);
  }

  static String folded(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
