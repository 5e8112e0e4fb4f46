package io.weir.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferencesTest {
    private static final String TEXT = """
            push: { host: 127.0.0.1, port: 8080 }
            accounts:
              shop: { appId: wx1, token: [new, old] }
            replies: replies.yaml
            """;

    @Test
    void findsNoneBetweenTextsThatSayTheSame() {
        String same = """
                # in another order, with other quotes
                replies: "replies.yaml"
                accounts: { shop: { token: ["new", old], appId: 'wx1', mode: ~ } }
                handlers:

                push:
                  port: "8080"
                  host: 127.0.0.1
                """;

        assertThat(differences(TEXT, same)).isEmpty();
    }

    @Test
    void namesValuesByTheirPath() {
        String other = TEXT.replace("8080", "9090").replace("new, old", "old, new");

        assertThat(differences(TEXT, other)).containsExactly("push.port", "accounts.shop.token");
    }

    @Test
    void namesAMapThatOnlyOneHasAsAWhole() {
        String other =
                TEXT.replace("replies: replies.yaml", "  club: { appId: wx2 }\nhandlers: { CLICK: { late: retry } }");

        assertThat(differences(TEXT, other)).containsExactly("accounts.club", "replies", "handlers.CLICK");
        assertThat(differences(other, TEXT)).containsExactlyInAnyOrder("accounts.club", "replies", "handlers.CLICK");
    }

    @Test
    void namesASectionThatOnlyOneHasByItsKeys() {
        String other = TEXT + "redis: { uri: 'redis://10.0.0.5' }\n";

        assertThat(differences(TEXT, other)).containsExactly("redis.uri");
    }

    @Test
    void tellsAListOfMapsApart() {
        String one = "list: [{ a: 1 }, { b: 2 }]\n";

        assertThat(differences(one, "list: [{ a: 1 }, { b: 2 }]\n")).isEmpty();
        assertThat(differences(one, "list: [{ a: 1 }, { b: 3 }]\n")).containsExactly("list");
        assertThat(differences(one, "list: [{ a: 1 }]\n")).containsExactly("list");
        assertThat(differences(one, "list: { a: 1 }\n")).containsExactly("list");
    }

    private static List<String> differences(String one, String other) {
        return root(one).differences(root(other));
    }

    private static Section root(String text) {
        return Section.parse("weir.yaml", text, Environment.of(Map.of()), new Problems());
    }
}
