package io.weir.simulator.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.people.Happening;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Something that happened on a phone, as it is sent to a page.
 *
 * @param number among all of the account, from 1 on
 * @param name of the event, which says how to read {@code data}
 * @param data JSON in one line
 */
record LiveEvent(long number, String openid, String name, String data) {
    private static final Map<Class<? extends Happening>, Form<?>> FORMS = Map.of(
            Happening.Spoken.class,
            form("line", Happening.Spoken.class, (spoken, now) -> PhoneJson.of(spoken.line())),
            Happening.Pushed.class,
            form("push", Happening.Pushed.class, (pushed, now) -> SendingJson.of(pushed.sending(), now)),
            Happening.Receiving.class,
            form("receiving", Happening.Receiving.class, (receiving, now) -> flag(receiving.shown())),
            Happening.MenuFetched.class,
            form(
                    "menu",
                    Happening.MenuFetched.class,
                    (fetched, now) -> PhoneJson.menu(fetched.menu(), Optional.of(fetched.at()))),
            Happening.Followed.class,
            form("following", Happening.Followed.class, (followed, now) -> flag(followed.now())));

    /** @param now by WeChat's clock */
    static LiveEvent of(long number, String openid, Happening happening, Instant now) {
        Form<?> form = FORMS.get(happening.getClass());
        if (form == null) {
            throw new IllegalStateException("no form for " + happening.getClass());
        }
        return new LiveEvent(
                number, openid, form.name(), form.json(happening, now).toString());
    }

    private static <H extends Happening> Form<H> form(
            String name, Class<H> of, BiFunction<H, Instant, ObjectNode> json) {
        return new Form<>(name, of, json);
    }

    private static ObjectNode flag(boolean now) {
        return JsonNodeFactory.instance.objectNode().put("now", now);
    }

    private record Form<H extends Happening>(String name, Class<H> of, BiFunction<H, Instant, ObjectNode> json) {
        ObjectNode json(Happening happening, Instant now) {
            return json.apply(of.cast(happening), now);
        }
    }
}
