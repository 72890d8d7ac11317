package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The accounts that the endpoints show and change. */
interface Accounts {

  boolean contains(long id);

  /**
   * The account at a place of the list.
   *
   * @return its id; 0 behind the last one
   */
  long listed(long index);

  /** The ids of the listed accounts that have this address, however its letters are cased. */
  long[] listed(String address);

  boolean isOfClient(long id, String clientId);

  /** The account as the list shows it. */
  ObjectNode inList(long id);

  /** The account as the answer about one account shows it. */
  ObjectNode alone(long id);

  void apply(long id, Map<AccountField, SettingValue> update);
}
