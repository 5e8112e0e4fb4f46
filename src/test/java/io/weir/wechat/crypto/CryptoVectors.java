package io.weir.wechat.crypto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Named;

/**
 * The test vectors of {@code crypto-vectors.json}: worked examples of WeChat's official guide, and entries computed with one
 * implementation and verified with another.
 */
final class CryptoVectors {
    private static final JsonNode ROOT = read();

    private CryptoVectors() {}

    static List<Named<JsonNode>> official() {
        return list("official");
    }

    static List<Named<JsonNode>> signatures() {
        return list("signatures");
    }

    static List<Named<JsonNode>> keys() {
        return list("keys");
    }

    static List<Named<JsonNode>> vectors() {
        return list("vectors");
    }

    static List<Named<JsonNode>> replies() {
        return list("replies");
    }

    static List<Named<JsonNode>> negative() {
        return list("negative");
    }

    /** Entries in which a message stands beside what it is encrypted to. */
    static List<Named<JsonNode>> encrypted() {
        List<Named<JsonNode>> all = new ArrayList<>(official());
        all.addAll(vectors());
        all.addAll(replies());
        return all;
    }

    /** The entry of that id among the vectors. */
    static JsonNode vector(String id) {
        return vectors().stream()
                .filter(entry -> entry.getName().equals(id))
                .findFirst()
                .orElseThrow()
                .getPayload();
    }

    private static List<Named<JsonNode>> list(String name) {
        List<Named<JsonNode>> entries = new ArrayList<>();
        ROOT.required(name)
                .forEach(entry -> entries.add(Named.of(entry.required("id").asText(), entry)));
        return entries;
    }

    private static JsonNode read() {
        try (InputStream in = CryptoVectors.class.getResourceAsStream("/crypto-vectors.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
