package io.weir.client;

import io.weir.wechat.api.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * Calls that are not made for a while, because WeChat has said why they would be in vain.
 *
 * @param account name of the account in the configuration
 * @param calls which ones: the path of an API, {@link #ALL_CALLS} or {@link #CREDENTIALS}
 * @param code why
 * @param errmsg WeChat's own words, without secrets; for 40164 they name the address to whitelist
 * @param until when one call is let through to see
 */
public record ApiPause(
        String account, String calls, ErrorCode code, String errmsg, Optional<String> rid, Instant until) {
    /** All calls with the account's token. */
    public static final String ALL_CALLS = "all calls";
    /** All fetches of the account's token. */
    public static final String CREDENTIALS = "token";
}
