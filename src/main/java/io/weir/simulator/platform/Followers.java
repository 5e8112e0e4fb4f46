package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.Follower.Client;
import io.weir.simulator.platform.PlatformAccount.Kept;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The people that an account knows, those who have left included. */
public final class Followers implements Kept {
    private final Map<String, Follower> byOpenid = new LinkedHashMap<>();

    /** Everybody, in the order of arrival. */
    public List<Follower> all() {
        return List.copyOf(byOpenid.values());
    }

    /** Who has this openid, following or not. */
    public Optional<Follower> find(String openid) {
        return Optional.ofNullable(byOpenid.get(openid));
    }

    /** Who has this openid or WeChat id, following or not. */
    public Optional<Follower> findByUserId(String userId) {
        return find(userId)
                .or(() -> byOpenid.values().stream()
                        .filter(person -> person.wechatId().equals(userId))
                        .findFirst());
    }

    /** Adds a person or takes the place of the one with the same openid. */
    public void put(Follower person) {
        byOpenid.put(person.openid(), person);
    }

    @Override
    public ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        byOpenid.values().forEach(person -> {
            ObjectNode one = saved.putObject(person.openid())
                    .put("wechatId", person.wechatId())
                    .put("nickname", person.nickname())
                    .put("subscribed", person.subscribed())
                    .put("client", person.client().name())
                    .put("language", person.language());
            person.tags().forEach(one.putArray("tags")::add);
        });
        return saved;
    }

    @Override
    public void load(ObjectNode saved) {
        byOpenid.clear();
        saved.properties().forEach(entry -> put(follower(entry.getKey(), entry.getValue())));
    }

    private static Follower follower(String openid, JsonNode saved) {
        List<Integer> tags = new ArrayList<>();
        saved.path("tags").forEach(tag -> tags.add(tag.asInt()));
        return new Follower(
                openid,
                saved.path("wechatId").asText(),
                saved.path("nickname").asText(),
                saved.path("subscribed").asBoolean(),
                Client.valueOf(saved.path("client").asText()),
                saved.path("language").asText(),
                tags);
    }
}
