package io.weir.simulator.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.PlatformAccount.Kept;
import io.weir.simulator.platform.Tokens.RandomText;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The QR codes with a scene that an account has made (users-qr-templates.md).
 *
 * <p>Where the reference is silent: a second permanent code with the same scene is the first one; an {@code expire_seconds} out
 * of its range is 40097; an action that its scene does not fit is 40053. Of the codes that end, the last
 * {@value #MOST_TEMPORARY} are kept.
 */
public final class QrCodes implements Kept {
    private static final int MOST_PERMANENT = 100_000;
    private static final int MOST_TEMPORARY = 100_000;
    private static final int DEFAULT_SECONDS = 60;
    private static final int MOST_SECONDS = 2_592_000;
    private static final int TICKET_BYTES = 66;
    private static final int ID_BYTES = 15;
    private static final String URL = "http://weixin.qq.com/q/";

    private final Map<Scene, QrCode> permanent = new LinkedHashMap<>();
    private final Map<String, QrCode> temporary = new LinkedHashMap<>();
    private final Clock clock;
    private final RandomText random;

    QrCodes(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = new RandomText(random);
    }

    /**
     * qrcode/create.
     *
     * @throws Refused 40052 action, 40053 scene, 40097 expire_seconds, 45029 too many
     */
    public QrCode create(ObjectNode order) {
        Action action = Action.of(order.path("action_name").asText(""));
        Scene scene = action.scene(order.path("action_info").path("scene"));
        forgetEnded();
        return action.forEver()
                ? createPermanent(scene)
                : createTemporary(scene, seconds(order.path("expire_seconds")));
    }

    private QrCode createPermanent(Scene scene) {
        if (!permanent.containsKey(scene) && permanent.size() >= MOST_PERMANENT) {
            throw new Refused(45029, "qrcode count out of limit");
        }
        return permanent.computeIfAbsent(scene, fresh -> code(fresh, 0));
    }

    private QrCode createTemporary(Scene scene, int seconds) {
        if (temporary.size() >= MOST_TEMPORARY) {
            temporary.remove(temporary.keySet().iterator().next());
        }
        QrCode code = code(scene, seconds);
        temporary.put(code.ticket(), code);
        return code;
    }

    private QrCode code(Scene scene, int seconds) {
        Instant ends = seconds == 0 ? Instant.MAX : clock.instant().plusSeconds(seconds);
        return new QrCode(random.ofBytes(TICKET_BYTES) + "==", URL + random.ofBytes(ID_BYTES), scene, seconds, ends);
    }

    private static int seconds(JsonNode given) {
        if (given.isMissingNode()) {
            return DEFAULT_SECONDS;
        }
        if (!given.isIntegralNumber() || given.longValue() < 1 || given.longValue() > MOST_SECONDS) {
            throw new Refused(40097, "invalid args: expire_seconds");
        }
        return given.intValue();
    }

    /** The code that has this ticket or says this URL, and has not ended. */
    public Optional<QrCode> find(String ticketOrUrl) {
        return all().stream()
                .filter(code -> code.ticket().equals(ticketOrUrl) || code.url().equals(ticketOrUrl))
                .findFirst();
    }

    /** Those that have not ended, in the order of their making, permanent ones first. */
    public List<QrCode> all() {
        forgetEnded();
        List<QrCode> all = new ArrayList<>(permanent.values());
        all.addAll(temporary.values());
        return all;
    }

    private void forgetEnded() {
        Instant now = clock.instant();
        temporary.values().removeIf(code -> !now.isBefore(code.ends()));
    }

    @Override
    public ObjectNode save() {
        ObjectNode saved = JsonNodeFactory.instance.objectNode();
        all().forEach(code -> saved.set(code.ticket(), SavedRecords.write(code)));
        return saved;
    }

    @Override
    public void load(ObjectNode saved) {
        permanent.clear();
        temporary.clear();
        saved.properties().forEach(entry -> {
            QrCode code = SavedRecords.read(entry.getValue(), QrCode.class);
            if (code.forEver()) {
                permanent.put(code.scene(), code);
            } else {
                temporary.put(entry.getKey(), code);
            }
        });
    }

    /**
     * A QR code.
     *
     * @param url what it says
     * @param seconds how long it lives; 0 for ever
     */
    public record QrCode(String ticket, String url, Scene scene, int seconds, Instant ends) {
        public boolean forEver() {
            return seconds == 0;
        }
    }

    /**
     * Where a code hangs, as the account calls it.
     *
     * @param text as EventKey has it
     * @param number whether it was given as a number ({@code scene_id})
     */
    public record Scene(String text, boolean number) {}

    private enum Action {
        QR_SCENE(true, 0xFFFF_FFFFL, false),
        QR_STR_SCENE(false, 0, false),
        QR_LIMIT_SCENE(true, 100_000, true),
        QR_LIMIT_STR_SCENE(false, 0, true);

        private static final int MOST_CHARACTERS = 64;

        private final boolean number;
        private final long most;
        private final boolean forEver;

        Action(boolean number, long most, boolean forEver) {
            this.number = number;
            this.most = most;
            this.forEver = forEver;
        }

        static Action of(String name) {
            return Arrays.stream(values())
                    .filter(action -> action.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new Refused(40052, "invalid action name"));
        }

        boolean forEver() {
            return forEver;
        }

        Scene scene(JsonNode scene) {
            JsonNode value = scene.path(number ? "scene_id" : "scene_str");
            boolean fits = number
                    ? value.isIntegralNumber() && value.longValue() >= 1 && value.longValue() <= most
                    : value.isTextual()
                            && !value.textValue().isEmpty()
                            && value.textValue()
                                            .codePointCount(0, value.textValue().length())
                                    <= MOST_CHARACTERS;
            if (!fits) {
                throw new Refused(40053, "invalid action info");
            }
            return new Scene(value.asText(), number);
        }
    }
}
