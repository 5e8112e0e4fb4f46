package io.weir.simulator.page;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.people.PhoneEvent;
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
    private static final Map<Class<? extends PhoneEvent>, Form<?>> FORMS = Map.of(
            PhoneEvent.Spoken.class,
            form("line", PhoneEvent.Spoken.class, (spoken, now) -> PhoneJson.of(spoken.line())),
            PhoneEvent.Pushed.class,
            form("push", PhoneEvent.Pushed.class, (pushed, now) -> SendingJson.of(pushed.sending(), now)),
            PhoneEvent.Receiving.class,
            form("receiving", PhoneEvent.Receiving.class, (receiving, now) -> flag(receiving.shown())),
            PhoneEvent.MenuFetched.class,
            form(
                    "menu",
                    PhoneEvent.MenuFetched.class,
                    (fetched, now) -> PhoneJson.menu(fetched.menu(), Optional.of(fetched.at()))),
            PhoneEvent.Followed.class,
            form("following", PhoneEvent.Followed.class, (followed, now) -> flag(followed.now())));

    /** @param now by WeChat's clock */
    static LiveEvent of(long number, String openid, PhoneEvent happening, Instant now) {
        Form<?> form = FORMS.get(happening.getClass());
        if (form == null) {
            throw new IllegalStateException("no form for " + happening.getClass());
        }
        return new LiveEvent(
                number, openid, form.name(), form.json(happening, now).toString());
    }

    private static <H extends PhoneEvent> Form<H> form(
            String name, Class<H> of, BiFunction<H, Instant, ObjectNode> json) {
        return new Form<>(name, of, json);
    }

    private static ObjectNode flag(boolean now) {
        return JsonNodeFactory.instance.objectNode().put("now", now);
    }

    private record Form<H extends PhoneEvent>(String name, Class<H> of, BiFunction<H, Instant, ObjectNode> json) {
        ObjectNode json(PhoneEvent happening, Instant now) {
            return json.apply(of.cast(happening), now);
        }
    }
}
