package io.weir.simulator;

import io.vertx.core.buffer.Buffer;
import io.weir.simulator.platform.Platform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The menu that a made-up account begins with: a button of every type that opens a push or sends material. */
final class SampleMenu {
    private static final String RESOURCE = "sample-menu.json";

    private SampleMenu() {}

    /** Sets it for every account, as menu/create would. */
    static void setIn(Platform platform) {
        Buffer body = body();
        platform.exclusively(() -> {
            platform.accounts().forEach(account -> account.menus().create(body));
            return body;
        });
    }

    private static Buffer body() {
        try (InputStream file = SampleMenu.class.getResourceAsStream(RESOURCE)) {
            return Buffer.buffer(Objects.requireNonNull(file, RESOURCE).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
