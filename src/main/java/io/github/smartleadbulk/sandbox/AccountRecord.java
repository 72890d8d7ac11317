package io.github.smartleadbulk.sandbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * All that an account has not from its id alone. A later record of an account replaces an earlier
 * one.
 *
 * @param listed whether somebody has added it
 * @param address that it was given; empty where it has its made-up one
 * @param changes body of the one update that would bring all its changes about; empty for none
 */
record AccountRecord(int id, boolean listed, String address, String changes) {

  /** The bytes of a record without address and changes. */
  static final int LEAST_BYTES = 2 * Integer.BYTES + 1;

  /** What an account is that nobody has touched. */
  static AccountRecord untouched(int id) {
    return new AccountRecord(id, false, "", "");
  }

  AccountRecord listedWith(String newAddress) {
    return new AccountRecord(id, true, newAddress, changes);
  }

  AccountRecord changedTo(String newChanges) {
    return new AccountRecord(id, listed, address, newChanges);
  }

  byte[] bytes() {
    byte[] addressBytes = address.getBytes(StandardCharsets.UTF_8);
    byte[] changesBytes = changes.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(LEAST_BYTES + addressBytes.length + changesBytes.length)
        .putInt(id)
        .put((byte) (listed ? 1 : 0))
        .putInt(addressBytes.length)
        .put(addressBytes)
        .put(changesBytes)
        .array();
  }

  static AccountRecord of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int id = buffer.getInt();
    boolean listed = buffer.get() == 1;
    int addressLength = buffer.getInt();
    return new AccountRecord(
        id,
        listed,
        new String(bytes, LEAST_BYTES, addressLength, StandardCharsets.UTF_8),
        new String(
            bytes,
            LEAST_BYTES + addressLength,
            bytes.length - LEAST_BYTES - addressLength,
            StandardCharsets.UTF_8));
  }
}
