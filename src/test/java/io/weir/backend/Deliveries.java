package io.weir.backend;

import io.weir.dispatch.Deadline;
import io.weir.dispatch.Delivery;
import io.weir.wechat.message.PushDocument;
import io.weir.wechat.message.Samples;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Deliveries of sample pushes. */
final class Deliveries {
    static final String TRACEPARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private Deliveries() {}

    /** Of a sample by name: {@code event/CLICK}. */
    static Delivery<?> sample(String name) {
        return of(Samples.bytes(name));
    }

    static Delivery<?> of(String xml) {
        return of(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static Delivery<?> of(byte[] xml) {
        return new Delivery<>(
                Samples.push(xml),
                new PushDocument(xml, Samples.root(xml)),
                "AAECAwQFBgcICQoLDA0ODw",
                Deadline.in(Duration.ofSeconds(55)),
                2,
                true,
                true,
                false,
                Optional.of(TRACEPARENT));
    }
}
