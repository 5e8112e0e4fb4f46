package io.weir.browser;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A push that does not come from WeChat: without the account's Token it is forged. */
record HandMadePush(String timestamp, String nonce) {
    /** Of the account that {@code weir dev} has. */
    static final String TOKEN = "weirDevToken";

    private static final String FORGED = "0123456789abcdef0123456789abcdef01234567";
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static HandMadePush now() {
        return new HandMadePush(String.valueOf(Instant.now().getEpochSecond()), "made" + System.nanoTime());
    }

    /** Sends a body with a wrong signature; the answer's status. */
    int sendForged(URI pushUrl, String body) {
        return send(pushUrl, FORGED, body);
    }

    /** Sends a tap of somebody with any openid, rightly signed; the answer's status. */
    int sendTap(URI pushUrl, String openid, String key) {
        String tap = "<xml><ToUserName>gh_000000000000</ToUserName><FromUserName>" + cdata(openid)
                + "</FromUserName><CreateTime>"
                + timestamp + "</CreateTime><MsgType>event</MsgType><Event>CLICK</Event><EventKey>" + cdata(key)
                + "</EventKey></xml>";
        return send(pushUrl, rightSignature(), tap);
    }

    /** What the signature of a genuine push would be (push-protocol.md §2). */
    String rightSignature() {
        String sorted = Stream.of(TOKEN, timestamp, nonce).sorted().collect(Collectors.joining());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(sorted.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private int send(URI pushUrl, String signature, String body) {
        URI url = URI.create(pushUrl + "?signature=" + signature + "&timestamp=" + timestamp + "&nonce=" + nonce);
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(LIMIT)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            throw new AssertionError("the gateway did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static String cdata(String text) {
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>";
    }
}
