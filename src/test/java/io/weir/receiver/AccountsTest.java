package io.weir.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.receiver.Accounts.LastPushes;
import io.weir.wechat.codec.Credentials;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.codec.Protection;
import io.weir.wechat.codec.Protection.Form;
import io.weir.wechat.crypto.AesKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AccountsTest {
    private static final AesKey OLD_KEY = AesKey.parse("a".repeat(42) + "0");
    private static final AesKey NEW_KEY = AesKey.parse("b".repeat(42) + "0");
    private static final Instant EARLY = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant LATE = EARLY.plusSeconds(60);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Accounts accounts =
            new Accounts(List.of(credentials(List.of("old"), List.of(OLD_KEY)), other()), metrics);

    @Test
    void countsWhichCredentialsArriveByTheirPositionInTheList() {
        note(new Protection(1, 0, Form.PLAINTEXT), EARLY);
        note(new Protection(1, 1, Form.ENCRYPTED), EARLY);
        note(new Protection(1, 1, Form.ENCRYPTED), LATE);

        assertThat(count("1", "none", "plaintext")).isEqualTo(1);
        assertThat(count("1", "1", "encrypted")).isEqualTo(2);
        assertThat(count("1", "1", "both")).isZero();
    }

    @Test
    void tellsWhenEachCredentialAndFormWasLastSeen() {
        note(new Protection(1, 1, Form.BOTH), EARLY);
        note(new Protection(1, 0, Form.PLAINTEXT), LATE);

        assertThat(last())
                .isEqualTo(new LastPushes(
                        List.of(Optional.of(LATE)),
                        List.of(Optional.of(EARLY)),
                        Map.of(
                                Form.PLAINTEXT, Optional.of(LATE),
                                Form.ENCRYPTED, Optional.empty(),
                                Form.BOTH, Optional.of(EARLY))));
    }

    @Test
    void aCredentialKeepsItsTimeWhenItMovesInTheList() {
        note(new Protection(1, 1, Form.ENCRYPTED), EARLY);

        accounts.replace(List.of(credentials(List.of("new", "old"), List.of(NEW_KEY, OLD_KEY)), other()));
        note(new Protection(1, 2, Form.ENCRYPTED), LATE);

        assertThat(last().tokens()).containsExactly(Optional.of(LATE), Optional.of(EARLY));
        assertThat(last().aesKeys()).containsExactly(Optional.empty(), Optional.of(LATE));
    }

    @Test
    void anOldRequestThatEndsAfterTheChangeIsStillNoted() {
        Accounts.Account before = accounts.find("shop").orElseThrow();

        accounts.replace(List.of(credentials(List.of("new", "old"), List.of(NEW_KEY, OLD_KEY)), other()));
        before.usage().note(new Protection(1, 1, Form.ENCRYPTED), LATE);

        assertThat(last().tokens()).containsExactly(Optional.empty(), Optional.of(LATE));
        assertThat(last().aesKeys()).containsExactly(Optional.empty(), Optional.of(LATE));
    }

    @Test
    void anotherAccountIsCountedByItself() {
        note(new Protection(1, 0, Form.PLAINTEXT), EARLY);

        assertThat(accounts.lastPushes("other").orElseThrow().tokens()).containsExactly(Optional.empty());
        assertThat(accounts.lastPushes("nobody")).isEmpty();
    }

    private void note(Protection protection, Instant now) {
        accounts.find("shop").orElseThrow().usage().note(protection, now);
    }

    private LastPushes last() {
        return accounts.lastPushes("shop").orElseThrow();
    }

    private double count(String token, String key, String form) {
        Counter counter = metrics.find("weir.push.credentials")
                .tags("account", "shop", "token", token, "key", key, "form", form)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static Credentials credentials(List<String> tokens, List<AesKey> keys) {
        return new Credentials("shop", "wx1", tokens, keys, Mode.COMPATIBLE, Optional.empty());
    }

    private static Credentials other() {
        return new Credentials("other", "wx2", List.of("old"), List.of(), Mode.PLAINTEXT, Optional.empty());
    }
}
