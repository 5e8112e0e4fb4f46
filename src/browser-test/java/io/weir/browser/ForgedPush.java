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

/** A push from somebody who does not have the account's Token. */
record ForgedPush(String timestamp, String nonce) {
    private static final String SIGNATURE = "0123456789abcdef0123456789abcdef01234567";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    static ForgedPush now() {
        return new ForgedPush(String.valueOf(Instant.now().getEpochSecond()), "forged" + System.nanoTime());
    }

    /** Sends it; the answer's status. */
    int send(URI pushUrl, String body) throws IOException, InterruptedException {
        URI url = URI.create(pushUrl + "?signature=" + SIGNATURE + "&timestamp=" + timestamp + "&nonce=" + nonce);
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(LIMIT)
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
    }

    /** What its signature should have been (push-protocol.md §2). */
    String rightSignature(String token) throws NoSuchAlgorithmException {
        String sorted = Stream.of(token, timestamp, nonce).sorted().collect(Collectors.joining());
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(sorted.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest);
    }
}
