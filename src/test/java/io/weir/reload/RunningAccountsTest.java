package io.weir.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import io.weir.receiver.Accounts;
import io.weir.wechat.codec.Mode;
import io.weir.wechat.crypto.AesKey;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunningAccountsTest {
    private static final AesKey KEY = AesKey.parse("a".repeat(42) + "0");
    private static final AccountConfig SHOP = account("shop", "wx1", "old", List.of(), Mode.PLAINTEXT, "");
    private static final AccountConfig CLUB = account("club", "wx2", "t", List.of(), Mode.PLAINTEXT, "");

    private final RunningAccounts accounts = new RunningAccounts(
            List.of(SHOP, CLUB),
            new Accounts(List.of(SHOP.credentials(), CLUB.credentials()), new SimpleMeterRegistry()));

    @Test
    void takesInWhatMayChangeAndKeepsTheRest() {
        List<RunningAccounts.Changed> changes =
                accounts.take(List.of(CLUB, account("shop", "wx9", "new", List.of(KEY), Mode.COMPATIBLE, "gh_1")));

        AccountConfig expected = account("shop", "wx1", "new", List.of(KEY), Mode.COMPATIBLE, "gh_1");
        assertThat(accounts.current()).containsExactly(expected, CLUB);
        assertThat(changes)
                .containsExactly(new RunningAccounts.Changed(
                        expected, "token, encodingAesKey, mode plaintext → compatible, originalId"));
    }

    @Test
    void keepsAnAccountThatIsGoneAndLeavesOutOneThatIsNew() {
        List<RunningAccounts.Changed> changes =
                accounts.take(List.of(SHOP, account("new", "wx3", "t", List.of(), Mode.PLAINTEXT, "")));

        assertThat(changes).isEmpty();
        assertThat(accounts.current()).containsExactly(SHOP, CLUB);
        assertThat(accounts.pushAccounts().lastPushes("club")).isPresent();
        assertThat(accounts.pushAccounts().lastPushes("new")).isEmpty();
    }

    private static AccountConfig account(
            String name, String appId, String token, List<AesKey> keys, Mode mode, String originalId) {
        return new AccountConfig(
                name,
                appId,
                Secret.of("s"),
                List.of(Secret.of(token)),
                keys,
                mode,
                Optional.of(originalId).filter(id -> !id.isEmpty()),
                TokenMode.STABLE,
                false,
                Optional.empty());
    }
}
