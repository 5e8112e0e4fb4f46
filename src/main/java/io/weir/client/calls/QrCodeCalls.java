package io.weir.client.calls;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.client.Call;
import io.weir.client.Call.Repeat;
import io.weir.client.Json;
import io.weir.client.ResponseFields;
import io.weir.client.WeChatClient;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * QR codes with a scene (users-qr-templates.md): who scans one and does not follow causes subscribe, who follows SCAN, both with
 * the scene.
 */
public final class QrCodeCalls {
    private static final String PATH = "/cgi-bin/qrcode/create";
    private static final Duration MOST_LIFE = Duration.ofDays(30);

    private final WeChatClient client;

    public QrCodeCalls(WeChatClient client) {
        this.client = client;
    }

    /**
     * Makes a code that ends.
     *
     * @param life from a second to 30 days
     */
    public Future<QrCode> temporary(String account, Scene scene, Duration life) {
        if (life.toSeconds() < 1 || life.compareTo(MOST_LIFE) > 0) {
            return Future.failedFuture(new IllegalArgumentException("expected a life of 1 second to 30 days"));
        }
        ObjectNode body = order(scene, scene.number() ? "QR_SCENE" : "QR_STR_SCENE");
        return create(
                account,
                Call.post(PATH, body.put("expire_seconds", life.toSeconds())).repeat(Repeat.SAFE));
    }

    /** Makes a code for ever, of which an account has 100,000. */
    public Future<QrCode> permanent(String account, Scene scene) {
        return create(account, Call.post(PATH, order(scene, scene.number() ? "QR_LIMIT_SCENE" : "QR_LIMIT_STR_SCENE")));
    }

    private Future<QrCode> create(String account, Call call) {
        return client.call(account, call)
                .map(json -> new ResponseFields(call, json))
                .map(answer -> new QrCode(
                        answer.text("ticket"),
                        answer.text("url"),
                        answer.findNumber("expire_seconds").map(Duration::ofSeconds)));
    }

    private static ObjectNode order(Scene scene, String action) {
        ObjectNode body = Json.object().put("action_name", action);
        ObjectNode written = body.putObject("action_info").putObject("scene");
        if (scene.number()) {
            written.put("scene_id", Long.parseLong(scene.text()));
        } else {
            written.put("scene_str", scene.text());
        }
        return body;
    }

    /**
     * What a code stands for: EventKey of the push.
     *
     * @param number whether WeChat is given a number ({@code scene_id}): from 1 to 4294967295, of permanent codes to 100000; else
     *     a text of 1 to 64 characters
     */
    public record Scene(String text, boolean number) {
        /** @throws IllegalArgumentException for what no code can stand for */
        public Scene {
            boolean fits = number
                    ? text.matches("[1-9][0-9]{0,9}") && Long.parseLong(text) <= 0xFFFF_FFFFL
                    : !text.isEmpty() && text.codePointCount(0, text.length()) <= 64;
            if (!fits) {
                throw new IllegalArgumentException(
                        "a scene is a number from 1 to 4294967295 or a text of 1 to 64 characters");
            }
        }

        public static Scene of(long number) {
            return new Scene(Long.toString(number), true);
        }

        public static Scene of(String text) {
            return new Scene(text, false);
        }
    }

    /**
     * A code.
     *
     * @param url what it says, for drawing it oneself
     * @param life of one that ends
     */
    public record QrCode(String ticket, String url, Optional<Duration> life) {
        /**
         * Where its picture is, without a token.
         *
         * @param api {@code wechat.baseUri}: a simulated WeChat has it on the same port
         */
        public URI picture(URI api) {
            boolean real = String.valueOf(api.getHost()).endsWith("api.weixin.qq.com");
            String base = real ? "https://mp.weixin.qq.com" : api.getScheme() + "://" + api.getRawAuthority();
            return URI.create(base + "/cgi-bin/showqrcode?ticket=" + URLEncoder.encode(ticket, StandardCharsets.UTF_8));
        }
    }
}
