package io.weir.wechat.codec;

import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushDocument;
import io.weir.wechat.message.PushId;
import java.util.Optional;

/**
 * A push that passed all checks.
 *
 * @param push what WeChat told the account
 * @param xml what it was read from
 * @param id equal for all attempts to deliver it
 * @param key tells the request from every other
 * @param seal what to encrypt the reply with; empty when the push came unencrypted
 * @param protection which credentials opened it
 * @param droppedCharacters how many characters that XML forbids had to be dropped
 */
public record OpenedPush(
        Push push,
        PushDocument xml,
        PushId id,
        ReplayKey key,
        Optional<ReplyEncryption> seal,
        Protection protection,
        int droppedCharacters) {}
