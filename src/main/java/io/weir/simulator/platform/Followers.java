package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.PlatformAccount.Kept;
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
        byOpenid.forEach((openid, person) -> saved.set(openid, SavedRecords.write(person)));
        return saved;
    }

    @Override
    public void load(ObjectNode saved) {
        byOpenid.clear();
        saved.properties().forEach(entry -> {
            ObjectNode person = entry.getValue().deepCopy();
            put(SavedRecords.read(person.put("openid", entry.getKey()), Follower.class));
        });
    }
}
