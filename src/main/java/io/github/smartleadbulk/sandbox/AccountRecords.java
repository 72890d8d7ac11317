package io.github.smartleadbulk.sandbox;

import java.util.Arrays;
import java.util.Locale;
import org.h2.mvstore.MVMap;

/**
 * The added and changed accounts of one key. All keys share the maps of the file, because thousands
 * of maps would slow down every commit. Thread-safe.
 */
final class AccountRecords {

  /** No account is at this place. */
  private static final int COUNT = -1;

  private final AccountFile file;

  /** 0 if the maps have only one owner. */
  private final int owner;

  /** The body of one update that makes all changes of an account. */
  private final MVMap<Object, String> changesById;

  /** The addresses of added accounts; empty for the made-up address. */
  private final MVMap<Object, String> addressesById;

  /**
   * The ids in the order in which they were added. In a shared map, {@link #COUNT} has their
   * number.
   */
  private final MVMap<Object, Integer> idsByPlace;

  private final MVMap<Object, int[]> idsByAddress;

  private int listed;

  /**
   * @param owner the number of the key in the file; 0 for all keys that have no accounts of their
   *     own
   */
  AccountRecords(AccountFile file, int owner) {
    this.file = file;
    this.owner = owner;
    String kind = owner == 0 ? "" : " of keys";
    this.changesById = file.map("changes" + kind);
    this.addressesById = file.map("addresses" + kind);
    this.idsByPlace = file.map("list" + kind);
    this.idsByAddress = file.map("ids" + kind);
    this.listed = owner == 0 ? idsByPlace.size() : idsByPlace.getOrDefault(entry(COUNT), 0);
  }

  /** Short, because the entries of a map are kept in memory a page at a time. */
  private Object entry(int number) {
    return owner == 0 ? (Object) number : ((long) owner << 32) | Integer.toUnsignedLong(number);
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
        if (owner != 0) {
          idsByPlace.put(entry(COUNT), listed);
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
    String folded = address.toLowerCase(Locale.ROOT);
    return owner == 0 ? folded : owner + "/" + folded;
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
