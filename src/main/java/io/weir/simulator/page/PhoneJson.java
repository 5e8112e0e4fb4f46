package io.weir.simulator.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.people.ChatLine;
import io.weir.simulator.people.Phone;
import io.weir.simulator.platform.Follower;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** What stands on a phone, as the control API tells it. */
public final class PhoneJson {
    private PhoneJson() {}

    public static ObjectNode of(ChatLine line) {
        ObjectNode json = object().put("number", line.number())
                .put("at", line.at().toString())
                .put("origin", line.origin().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("text", line.text());
        json.set("content", line.content().json());
        return json;
    }

    public static ObjectNode of(Follower person) {
        ObjectNode json = object().put("openid", person.openid())
                .put("wechatId", person.wechatId())
                .put("nickname", person.nickname())
                .put("subscribed", person.subscribed())
                .put("client", person.client().toString())
                .put("language", person.language());
        person.tags().forEach(json.putArray("tags")::add);
        return json;
    }

    /** The menu that a client has, and when it fetched it. */
    static ObjectNode menu(Optional<ObjectNode> menu, Optional<Instant> fetched) {
        ObjectNode json = object();
        menu.ifPresent(json::setAll);
        fetched.ifPresent(at -> json.put("fetched", at.toString()));
        return json;
    }

    /** Everything at once, for who begins to look on. Opens the chat. */
    static ObjectNode of(Phone phone, Follower person, Instant now) {
        ObjectNode json = object().put("receiving", phone.receiving());
        json.set("person", of(person));
        Optional<ObjectNode> menu = phone.menu();
        json.set("menu", menu(menu, phone.menuFetched()));
        ArrayNode lines = json.putArray("lines");
        phone.chat().forEach(line -> lines.add(of(line)));
        ArrayNode pushes = json.putArray("pushes");
        phone.sendings().forEach(sending -> pushes.add(SendingJson.of(sending, now)));
        return json;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
