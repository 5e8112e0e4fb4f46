package io.weir.dispatch;

import io.weir.config.Section;
import io.weir.wechat.message.PushType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Settings of one push type: an entry of section {@code handlers} of the configuration.
 *
 * @param late what happens to a push that is not answered by its deadline
 */
public record HandlerConfig(Late late) {

    /** What happens at the deadline. */
    public enum Late {
        /** The push is acknowledged with {@code success}. */
        SUCCESS,
        /** The attempt is left to lapse, so that WeChat asks again. */
        RETRY
    }

    /** Reads section {@code handlers}, by wire name. */
    public static Map<String, HandlerConfig> readAll(Section root) {
        Section handlers = root.section("handlers");
        Map<String, HandlerConfig> read = new HashMap<>();
        List<String> wireNames = PushType.all().stream().map(PushType::wireName).toList();
        handlers.keys().stream()
                .filter(wireNames::contains)
                .forEach(type -> read.put(type, read(handlers.section(type))));
        handlers.refuseUnknownKeys(wireNames.toArray(String[]::new));
        return read;
    }

    private static HandlerConfig read(Section section) {
        Late late = section.oneOf("late", Late.class, Late.SUCCESS);
        if (late == Late.RETRY) {
            section.warning("late", "not in force in this version: a late push is answered with success");
        }
        section.refuseUnknownKeys();
        return new HandlerConfig(late);
    }
}
