package io.github.smartleadbulk.sandbox;

import io.github.smartleadbulk.account.AccountField;
import io.github.smartleadbulk.account.SettingValue;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The endpoints: list, one account, update. Each key sees its own accounts. */
final class AccountEndpoints implements Endpoints {

  private static final JsonMapper JSON = JsonMapper.shared();

  private static final int MOST_ROWS = 100;

  private final Function<String, ? extends Accounts> accountsByKey;
  private final ListFaults faults;
  private final LongAdder updatesApplied = new LongAdder();

  AccountEndpoints(Function<String, ? extends Accounts> accountsByKey, ListFaults faults) {
    this.accountsByKey = accountsByKey;
    this.faults = faults;
  }

  long updatesApplied() {
    return updatesApplied.sum();
  }

  @Override
  public ApiResponse answer(ApiRequest request, byte[] body) {
    Accounts accounts = accountsByKey.apply(request.key());
    try {
      if (request.isList()) {
        return request.method().equals("GET") ? list(accounts, request.query()) : notAllowed("GET");
      }
      Long id = request.accountId();
      if (id == null) {
        return ErrorAnswers.message(404, "Not Found");
      }
      return switch (request.method()) {
        case "GET" -> one(accounts, id);
        case "POST" -> update(accounts, id, body);
        default -> notAllowed("GET, POST");
      };
    } catch (RefusedException refused) {
      return refused.answer;
    }
  }

  private static ApiResponse notAllowed(String allowed) {
    return ErrorAnswers.message(405, "Method Not Allowed").with("Allow", allowed);
  }

  private ApiResponse update(Accounts accounts, long id, byte[] body) throws RefusedException {
    // SmartLead validates the request before it looks up the account.
    Map<AccountField, SettingValue> update = UpdateBody.read(body);
    if (!accounts.contains(id)) {
      return ErrorAnswers.unknownAccountOfUpdate(id);
    }
    accounts.apply(id, update);
    updatesApplied.increment();
    ObjectNode success = JSON.createObjectNode().put("ok", true);
    success.put("message", "Email account details updated successfully!");
    return ApiResponse.json(200, success.put("emailAccountId", id));
  }

  private static ApiResponse one(Accounts accounts, long id) {
    return accounts.contains(id)
        ? ApiResponse.json(200, accounts.alone(id))
        : ErrorAnswers.unknownAccountOfRead();
  }

  private ApiResponse list(Accounts accounts, Map<String, String> query) throws RefusedException {
    long offset = number(query, "offset", 0, 0);
    long limit = number(query, "limit", MOST_ROWS, 1);
    ArrayNode rows = JSON.createArrayNode();
    String username = query.get("username");
    LongUnaryOperator ids =
        faults.next(username == null ? accounts::listed : idsIn(accounts.listed(username)));
    if (limit <= MOST_ROWS) {
      String clientId = query.get("client_id");
      long first = faults.offset(offset);
      long toSkip = clientId == null ? 0 : first;
      long index = clientId == null ? first : 0;
      int places = faults.most((int) limit);
      for (long id = ids.applyAsLong(index); id != 0 && places > 0; id = ids.applyAsLong(++index)) {
        if ((clientId == null || accounts.isOfClient(id, clientId)) && --toSkip < 0) {
          places--;
          if (!faults.hides(id)) {
            rows.add(accounts.inList(id));
          }
        }
      }
    }
    return ApiResponse.json(200, faults.shaped(rows, ids));
  }

  private static LongUnaryOperator idsIn(long[] ids) {
    return index -> index < ids.length ? ids[(int) index] : 0;
  }

  private static long number(Map<String, String> query, String name, long absent, long least)
      throws RefusedException {
    String text = query.get(name);
    if (text == null) {
      return absent;
    }
    String complaint =
        !text.matches("-?[0-9]{1,9}")
            ? "must be a number"
            : Long.parseLong(text) < least ? "must be greater than or equal to " + least : "";
    if (!complaint.isEmpty()) {
      throw new RefusedException(
          ErrorAnswers.validation("query", "\"" + name + "\" " + complaint, List.of(name)));
    }
    return Long.parseLong(text);
  }
}
