package io.weir.wechat.message;

import java.util.Optional;

/**
 * What a user has decided about data that the account was given (messages-and-events.md §8). FromUserName is a
 * platform id, not the user. The elements' names come in different cases.
 */
public sealed interface UserDataEvent extends Event {

    /** {@code OpenID}: the user concerned; empty where WeChat leaves it out, as was seen. */
    @Override
    String openId();

    /** {@code AppID} of the account. */
    String appId();

    /** {@code UnionID} of the user. */
    Optional<String> unionId();

    /** The user has changed profile data that the account had been allowed to see. */
    record InfoModified(Head head, String openId, String appId, Optional<String> unionId) implements UserDataEvent {
        InfoModified(PushFields in) {
            this(
                    in.head(),
                    in.textOrEmpty(in.anyCase("OpenID")),
                    in.text(in.anyCase("AppID")),
                    in.optionalId(in.anyCase("UnionID")));
        }
    }

    /**
     * The user has withdrawn an authorisation. What was stored because of it must be deleted.
     *
     * @param head what all pushes carry
     * @param openId {@code OpenID}: the user concerned
     * @param appId {@code AppID} of the account
     * @param unionId {@code UnionID} of the user
     * @param revokeInfo {@code RevokeInfo}: codes with commas between them, 201 address, 202 invoice, 203 card,
     *     204 microphone, 205 nickname and avatar, 206 location, 207 chosen pictures and videos
     */
    record AuthorizationRevoke(
            Head head, String openId, String appId, Optional<String> unionId, Optional<String> revokeInfo)
            implements UserDataEvent {
        AuthorizationRevoke(PushFields in) {
            this(
                    in.head(),
                    in.textOrEmpty(in.anyCase("OpenID")),
                    in.text(in.anyCase("AppID")),
                    in.optionalId(in.anyCase("UnionID")),
                    in.optional(in.anyCase("RevokeInfo")));
        }
    }

    /** The user has closed the WeChat account. What was stored of the user must be deleted. */
    record AuthorizationCancellation(Head head, String openId, String appId, Optional<String> unionId)
            implements UserDataEvent {
        AuthorizationCancellation(PushFields in) {
            this(
                    in.head(),
                    in.textOrEmpty(in.anyCase("OpenID")),
                    in.text(in.anyCase("AppID")),
                    in.optionalId(in.anyCase("UnionID")));
        }
    }
}
