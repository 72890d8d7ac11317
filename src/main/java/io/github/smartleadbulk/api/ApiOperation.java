package io.github.smartleadbulk.api;

import io.github.smartleadbulk.account.AccountUpdate;
import okhttp3.ResponseBody;
import retrofit2.Call;

/** An operation of the API. */
public sealed interface ApiOperation {

  /** Creates a call that is not started yet. */
  Call<ResponseBody> call(SmartleadApi api, CallAttempt attempt);

  /** Whether the operation only reads, so that nothing can have changed. */
  boolean isRead();

  record Update(AccountUpdate update) implements ApiOperation {
    @Override
    public Call<ResponseBody> call(SmartleadApi api, CallAttempt attempt) {
      return api.update(update.accountId(), update, attempt);
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
    public boolean isRead() {
      return true;
    }
  }
}
