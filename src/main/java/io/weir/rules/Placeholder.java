package io.weir.rules;

import io.weir.wechat.message.Push;
import java.lang.reflect.Method;
import java.util.function.Function;

/**
 * A place in a template where a field of the push goes.
 *
 * @param accessor gives the field's value
 * @param writer makes a text of it
 */
record Placeholder(Method accessor, Function<Object, String> writer) implements Template.Piece {

    @Override
    public void appendTo(StringBuilder text, Push push) {
        try {
            text.append(writer.apply(accessor.invoke(push)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + accessor, e);
        }
    }
}
