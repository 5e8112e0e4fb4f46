package io.weir.receiver;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * A request that is no genuine push.
 *
 * @param name what is wrong with it
 * @param cause what the push port counts it as
 */
record Forgery(String name, String cause, String account, Buffer request) {

    static Forgery get(String name, String cause, String query) {
        return new Forgery("GET " + name, cause, "plain", Buffer.buffer(Forge.get("/wx/plain", query)));
    }

    static Forgery post(String name, String cause, String account, String query, String body) {
        return post(name, cause, account, query, body.getBytes(StandardCharsets.UTF_8));
    }

    static Forgery post(String name, String cause, String account, String query, byte[] body) {
        return new Forgery("POST " + name, cause, account, Buffer.buffer(Forge.post("/wx/" + account, query, body)));
    }

    @Override
    public String toString() {
        return name;
    }
}
