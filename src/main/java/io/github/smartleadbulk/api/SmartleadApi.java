package io.github.smartleadbulk.api;

import io.github.smartleadbulk.account.AccountUpdate;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import retrofit2.Call;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.POST;
import retrofit2.http.Path;
import retrofit2.http.Query;
import retrofit2.http.Tag;

/** The part of SmartLead's API that the program uses. {@link ApiKeyInterceptor} adds the key. */
public interface SmartleadApi {

  @POST("email-accounts/{id}")
  Call<ResponseBody> update(
      @Path("id") long accountId, @Body AccountUpdate update, @Tag CallAttempt attempt);

  @GET("email-accounts/{id}/")
  Call<ResponseBody> read(@Path("id") long accountId, @Tag CallAttempt attempt);

  @GET("email-accounts/")
  Call<ResponseBody> list(
      @Query("offset") long offset,
      @Query("limit") int limit,
      @Query("client_id") @Nullable Long clientId,
      @Tag CallAttempt attempt);
}
