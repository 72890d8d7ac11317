package io.github.smartleadbulk.api;

import io.github.smartleadbulk.account.Account;
import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.Cells;
import io.github.smartleadbulk.account.SettingValue;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a page of the account list as a stream. Accounts come with the passwords of their
 * mailboxes, so fields that the program does not need never become values.
 */
record AccountPageReader(JsonMapper mapper) {

  /** From here on, JSON cannot tell neighbouring whole numbers apart. */
  private static final double INEXACT = 1L << 53;

  /** Stands for an object, an array or a number that is not whole. */
  private static final Object UNKNOWN = new Object();

  /** Enough keys to recognise a server. */
  private static final int SHOWN_KEYS = 5;

  /**
   * Reads the page in a body; null if the body is not a list of accounts.
   *
   * @param ofOne whether the body should be one account instead
   */
  Answer.@Nullable Listed find(InputStream body, boolean ofOne) {
    try (JsonParser json = mapper.createParser(body)) {
      json.nextToken();
      if (ofOne) {
        Account account = account(json);
        return account == null ? null : new Answer.Listed(List.of(account), 1);
      }
      Answer.Listed page =
          json.currentToken() == JsonToken.START_OBJECT ? inObject(json) : rows(json);
      return page != null && json.nextToken() == null ? page : null;
    } catch (JacksonException e) {
      // The exception is not shown either, because it may quote the text that it could not read.
      return null;
    }
  }

  /** {@code {"data":[…]}}, with or without {@code "total"} and {@code "ok"}. */
  private static Answer.@Nullable Listed inObject(JsonParser json) {
    Answer.Listed page = null;
    Long total = null;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      if (name.equals("data") && page == null) {
        page = rows(json);
      } else if (name.equals("total")) {
        total = Cells.parseWhole(String.valueOf(scalar(json)), 0);
      } else if (json.currentToken() == JsonToken.VALUE_FALSE
          && (name.equals("ok") || name.equals("success"))) {
        return null;
      } else {
        json.skipChildren();
      }
    }
    return page == null ? null : new Answer.Listed(page.accounts(), page.rows(), total);
  }

  /** Reads the rows of the array at the parser's position; null if there is no array. */
  private static Answer.@Nullable Listed rows(JsonParser json) {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return null;
    }
    List<Account> accounts = new ArrayList<>(AccountPage.ROWS);
    int rows = 0;
    for (; json.nextToken() != JsonToken.END_ARRAY; rows++) {
      Account account = account(json);
      if (account != null) {
        accounts.add(account);
      }
    }
    return new Answer.Listed(accounts, rows);
  }

  /** Describes a body that is not a list by its keys, because its values may be secrets. */
  static String shape(JsonNode object) {
    return shape(object.propertyNames().stream().limit(SHOWN_KEYS).toList());
  }

  private static String shape(List<String> keys) {
    return keys.isEmpty()
        ? "an empty object"
        : "an object with " + String.join(", ", keys.stream().map(Cells::shown).toList());
  }

  /** Describes a body of which only the beginning is known; null if it is not an object. */
  @Nullable String shapeOfBeginning(byte[] beginning) {
    List<String> keys = new ArrayList<>();
    try (JsonParser json = mapper.createParser(beginning)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      for (String name = json.nextName();
          name != null && keys.size() < SHOWN_KEYS;
          name = json.nextName()) {
        keys.add(name);
        json.nextToken();
        json.skipChildren();
      }
    } catch (JacksonException e) {
      // The known part of the body ends here.
    }
    return keys.isEmpty() ? null : shape(keys);
  }

  /** Reads the account at the parser's position; null if it has no usable id. */
  private static @Nullable Account account(JsonParser json) {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return null;
    }
    Long id = null;
    String fromEmail = null;
    Map<AccountField, SettingValue> valuesByField = new EnumMap<>(AccountField.class);
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      json.nextToken();
      AccountField field = AccountField.findInAnswer(name);
      // If a name occurs twice, the last value counts, even if it is null. But a value under the
      // usual name is not replaced by one under the other name.
      if (field != null && !name.equals(field.answerName()) && valuesByField.containsKey(field)) {
        json.skipChildren();
      } else if (field != null) {
        put(valuesByField, field, scalar(json));
      } else if (name.equals("id")) {
        id = Cells.parseAccountId(String.valueOf(scalar(json)));
      } else if (name.equals("from_email")) {
        fromEmail = scalar(json) instanceof String text && !Cells.isBlank(text) ? text : null;
      } else {
        json.skipChildren();
      }
    }
    return id == null ? null : new Account(id, fromEmail, valuesByField);
  }

  private static void put(
      Map<AccountField, SettingValue> valuesByField, AccountField field, @Nullable Object scalar) {
    SettingValue value = scalar == UNKNOWN ? null : field.ofAnswer(scalar);
    if (value == null) {
      valuesByField.remove(field);
    } else {
      valuesByField.put(field, value);
    }
  }

  private static @Nullable Object scalar(JsonParser json) {
    return switch (json.currentToken()) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> json.getString();
      case VALUE_TRUE, VALUE_FALSE -> json.getBooleanValue();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> whole(json.getDoubleValue());
      default -> {
        json.skipChildren();
        yield UNKNOWN;
      }
    };
  }

  private static Object whole(double number) {
    return number == Math.rint(number) && Math.abs(number) < INEXACT
        ? (Object) (long) number
        : UNKNOWN;
  }
}
