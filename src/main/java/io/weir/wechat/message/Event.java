package io.weir.wechat.message;

/** A push of MsgType {@code event}: something happened, and WeChat tells the account (messages-and-events.md §3–8). */
public sealed interface Event extends Push
        permits FollowEvent,
                LocationReport,
                MenuEvent,
                JobEvent,
                SubscriptionEvent,
                ServiceEvent,
                VerifyEvent,
                UserDataEvent {}
