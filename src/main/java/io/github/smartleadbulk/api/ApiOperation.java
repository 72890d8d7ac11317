package io.github.smartleadbulk.api;

import io.github.smartleadbulk.account.AccountUpdate;
import java.net.URI;
import okhttp3.ResponseBody;
import retrofit2.Call;

/** An operation of the API. */
public sealed interface ApiOperation {

  /** Creates a call that is not started yet. */
  Call<ResponseBody> call(SmartleadApi api, CallAttempt attempt);

  /** Whether the operation only reads, so that nothing can have changed. */
  boolean isRead();

  /** The path of the call, for people. */
  String path();

  /** The method and the address of the call, for people, without the key. */
  default String shown(URI baseUrl) {
    return (isRead() ? "GET " : "POST ")
        + baseUrl.toString().replaceFirst("/+$", "")
        + "/"
        + path();
  }

  record Update(AccountUpdate update) implements ApiOperation {
    @Override
    public Call<ResponseBody> call(SmartleadApi api, CallAttempt attempt) {
      return api.update(update.accountId(), update, attempt);
    }

    @Override
    public String path() {
      return "email-accounts/" + update.accountId();
    }

    @Override
    public boolean isRead() {
      return false;
    }
  }

  record One(long accountId) implements ApiOperation {
    @Override
    public Call<ResponseBody> call(SmartleadApi api, CallAttempt attempt) {
      return api.read(accountId, attempt);
    }

    @Override
    public String path() {
      return "email-accounts/" + accountId + "/";
    }

    @Override
    public boolean isRead() {
      return true;
    }
  }

  record Page(AccountPage page) implements ApiOperation {
    @Override
    public Call<ResponseBody> call(SmartleadApi api, CallAttempt attempt) {
      return api.list(page.offset(), page.rows(), page.clientId(), attempt);
    }

    @Override
    public String path() {
      return "email-accounts/";
    }

    @Override
    public boolean isRead() {
      return true;
    }
  }
}
