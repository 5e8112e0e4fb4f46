package io.weir.receiver;

import io.weir.wechat.codec.Protection.Form;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When an account's credentials and forms last came with an accepted push; empty for never since this process began.
 *
 * @param tokens in the order of the account's Tokens
 * @param aesKeys in the order of its keys
 * @param forms what the bodies held; every form
 */
public record LastPushes(
        List<Optional<Instant>> tokens, List<Optional<Instant>> aesKeys, Map<Form, Optional<Instant>> forms) {
    public LastPushes {
        tokens = List.copyOf(tokens);
        aesKeys = List.copyOf(aesKeys);
        forms = Map.copyOf(forms);
    }
}
