package io.github.smartleadbulk.sandbox;

import java.util.Arrays;
import java.util.Locale;
import org.h2.mvstore.MVMap;

/**
 * The added and changed accounts of one key. All keys share the maps of the file, because thousands
 * of maps would slow down every commit. Thread-safe.
 */
final class AccountRecords {

  private final AccountFile file;

  /** Before the entries of a key; empty for the maps that have only one owner. */
  private final String prefix;

  /** The body of one update that makes all changes of an account. */
  private final MVMap<Object, String> changesById;

  /** The addresses of added accounts; empty for the made-up address. */
  private final MVMap<Object, String> addressesById;

  /**
   * The ids in the order in which they were added. In a shared map, the prefix alone has their
   * number.
   */
  private final MVMap<Object, Integer> idsByPlace;

  private final MVMap<Object, int[]> idsByAddress;

  private int listed;

  /** See {@link AccountFile#records}. */
  AccountRecords(AccountFile file, String owner) {
    this.file = file;
    this.prefix = owner.isEmpty() ? "" : owner + "/";
    String kind = owner.isEmpty() ? "" : " of keys";
    this.changesById = file.map("changes" + kind);
    this.addressesById = file.map("addresses" + kind);
    this.idsByPlace = file.map("list" + kind);
    this.idsByAddress = file.map("ids" + kind);
    this.listed = prefix.isEmpty() ? idsByPlace.size() : idsByPlace.getOrDefault(prefix, 0);
  }

  private Object entry(int number) {
    return prefix.isEmpty() ? (Object) number : prefix + number;
  }

  /** The changes of an account; empty if there are none. */
  String changes(int id) {
    synchronized (file) {
      return changesById.getOrDefault(entry(id), "");
    }
  }

  void change(int id, String changes) {
    synchronized (file) {
      if (!changes.equals(changes(id))) {
        changesById.put(entry(id), changes);
        file.changed();
      }
    }
  }

  /** The address with which an account was added; empty for the made-up address. */
  String address(int id) {
    synchronized (file) {
      return addressesById.getOrDefault(entry(id), "");
    }
  }

  boolean isListed(int id) {
    synchronized (file) {
      return addressesById.containsKey(entry(id));
    }
  }

  /** Adds an account, or gives an address to an account that was added without one. */
  void add(int id, String address) {
    synchronized (file) {
      String before = addressesById.put(entry(id), address);
      if (before == null) {
        idsByPlace.put(entry(listed), id);
        listed++;
        if (!prefix.isEmpty()) {
          idsByPlace.put(prefix, listed);
        }
      }
      if (!address.isEmpty()) {
        int[] ids = withAddress(address);
        int[] more = Arrays.copyOf(ids, ids.length + 1);
        more[ids.length] = id;
        idsByAddress.put(folded(address), more);
      }
      file.added();
    }
  }

  /** The accounts that were added with this address, ignoring case. */
  int[] withAddress(String address) {
    synchronized (file) {
      return idsByAddress.getOrDefault(folded(address), new int[0]);
    }
  }

  private String folded(String address) {
    return prefix + address.toLowerCase(Locale.ROOT);
  }

  /** How many accounts were added. */
  int listed() {
    synchronized (file) {
      return listed;
    }
  }

  /** The id of an added account, by order of adding; 0 after the last. */
  int listed(int index) {
    synchronized (file) {
      return idsByPlace.getOrDefault(entry(index), 0);
    }
  }
}
