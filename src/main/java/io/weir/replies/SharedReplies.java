package io.weir.replies;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.Future;
import io.weir.redis.RedisAnswer;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisScript;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The newest revision of one replies file, for all instances: the hash {@code weir:replies:ACCOUNT} with a number and the revision
 * itself. Any thread.
 */
final class SharedReplies {
    private static final String NUMBER = "revision";
    private static final String RECORD = "record";
    private static final JsonMapper JSON = new JsonMapper();
    private static final RedisScript PUBLISH = RedisScript.of("""
            if (redis.call('HGET', KEYS[1], 'revision') or '0') ~= ARGV[1] then return 0 end
            redis.call('HSET', KEYS[1], 'revision', ARGV[2], 'record', ARGV[3])
            return 1
            """);

    private final RedisLink redis;
    private final String key;

    /** @param account the first of those that the file answers for, by name */
    SharedReplies(RedisLink redis, String account) {
        this.redis = redis;
        this.key = redis.key("replies:" + account);
    }

    /**
     * What was saved last.
     *
     * @param number from 1 on; 0 for none
     * @param base hash of the text that was changed
     * @param hash of the text after that
     */
    record Head(long number, String base, String hash, Instant time, String author, String text) {
        static final Head NONE = new Head(0, "", "", Instant.EPOCH, "", "");
    }

    /** Its number; 0 for none. */
    Future<Long> number() {
        return redis.send("HGET", key, NUMBER).map(answer -> number(answer.text()));
    }

    Future<Head> newest() {
        return redis.send("HMGET", key, NUMBER, RECORD).map(answer -> head(answer.items()));
    }

    /** Whether it is the newest from now on: where that number is the newest until now. */
    Future<Boolean> publish(long expected, Head head) {
        String json = JSON.createObjectNode()
                .put("base", head.base)
                .put("hash", head.hash)
                .put("time", head.time.toString())
                .put("author", head.author)
                .put("text", head.text)
                .toString();
        return redis.run(PUBLISH, List.of(key), List.of(Long.toString(expected), Long.toString(head.number), json))
                .map(answer -> answer.number() == 1);
    }

    private static long number(Optional<String> text) {
        return text.filter(each -> each.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** What nobody of us has written is as if it were not there. */
    private static Head head(List<RedisAnswer> answer) {
        long number = number(answer.get(0).text());
        try {
            JsonNode json = JSON.readTree(answer.get(1).text().orElse("{}"));
            return number == 0
                    ? Head.NONE
                    : new Head(
                            number,
                            json.path("base").asText(),
                            json.path("hash").asText(),
                            Instant.parse(json.path("time").asText()),
                            json.path("author").asText(),
                            json.path("text").asText());
        } catch (JsonProcessingException | DateTimeException e) {
            return new Head(number, "", "", Instant.EPOCH, "", "");
        }
    }
}
