package io.weir.rules;

import io.weir.wechat.message.Reply;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A reply whose texts are still templates. */
@FunctionalInterface
interface Draft {

    /**
     * The reply.
     *
     * @param text gives the text that a template has become
     */
    Reply with(Function<Template, String> text);

    /** The backend that is asked for the reply; this is what is answered where it has none to give. */
    default Optional<String> backend() {
        return Optional.empty();
    }

    /** The reply itself where no push can change it. */
    default Optional<Reply> constant() {
        AtomicBoolean fixed = new AtomicBoolean(true);
        Reply reply = with(template -> {
            fixed.compareAndSet(true, template.isFixed());
            return template.literalText();
        });
        return fixed.get() ? Optional.of(reply) : Optional.empty();
    }
}
