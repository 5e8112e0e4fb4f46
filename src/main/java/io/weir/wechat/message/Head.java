package io.weir.wechat.message;

import java.time.Instant;

/**
 * What every push carries (messages-and-events.md §1).
 *
 * @param account name of the account in the configuration
 * @param toUserName original id of the account, {@code gh_…}; empty where the push has none
 * @param fromUserName openid of the user, {@code o…}, or a system account; empty where the push has none
 * @param createTime to the second; the epoch in an {@link Unknown} whose CreateTime is no time
 */
public record Head(String account, String toUserName, String fromUserName, Instant createTime) {}
