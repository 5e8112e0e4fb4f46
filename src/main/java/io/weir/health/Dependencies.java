package io.weir.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.ApiPause;
import io.weir.redis.RedisFault;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisState;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How those are that a gateway leans on, for {@code /health}.
 *
 * @param redis empty where none is configured
 * @param stops what is not asked of WeChat at the moment, and why
 * @param decidedAlone how many pushes this instance has decided alone, since Redis was away
 * @param clock the machine's
 */
public record Dependencies(
        Optional<RedisLink> redis, LongSupplier decidedAlone, Supplier<List<ApiPause>> stops, ClockCheck clock) {
    public boolean areDegraded() {
        return redis.map(RedisLink::state)
                        .filter(state -> !state.up() || state.fault().isPresent())
                        .isPresent()
                || !stops.get().isEmpty()
                || clock.isWrong();
    }

    public Optional<ObjectNode> redisJson() {
        return redis.map(RedisLink::state).map(state -> json(state).put("decidedAlone", decidedAlone.getAsLong()));
    }

    private static ObjectNode json(RedisState state) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("up", state.up())
                .put("since", state.since().toString());
        state.error().ifPresent(error -> json.put("error", error));
        state.role().ifPresent(role -> json.put("role", role));
        state.fault()
                .map(RedisFault::hint)
                .ifPresent(
                        hint -> json.put("fault", state.fault().map(Enum::name).orElse(""))
                                .put("hint", hint));
        return json;
    }

    ArrayNode stopsJson() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        stops.get().forEach(stop -> json.add(json(stop)));
        return json;
    }

    private static ObjectNode json(ApiPause stop) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("account", stop.account())
                .put("calls", stop.calls())
                .put("errcode", stop.code().code())
                .put("errmsg", stop.errmsg())
                .put("meaning", stop.code().meaning())
                .put("remedy", stop.code().remedy())
                .put("meaningZh", stop.code().chineseMeaning())
                .put("remedyZh", stop.code().chineseRemedy())
                .put("until", stop.until().toString());
    }
}
