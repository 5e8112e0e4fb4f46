package io.weir;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.client.calls.TagCalls;
import io.weir.client.calls.TagCalls.Tag;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.redis.Await;
import io.weir.redis.RedisServer;
import io.weir.token.Renewal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WeChat takes back the token of a fleet in the middle of its work. */
class RefusedTokenIT {
    private static final int CALLS = 100;
    private static final int ROUNDS = 3;
    private static final String CALL = "/cgi-bin/tags/get";

    private final RedisServer redis = RedisServer.start();

    @AfterEach
    void close() {
        redis.close();
    }

    @ParameterizedTest
    @EnumSource(TokenMode.class)
    void oneFetchServesAHundredRefusedCalls(TokenMode mode) {
        try (TokenFleet fleet =
                new TokenFleet(redis.config(), "refused", List.of(mode), Duration.ofHours(2), Renewal.DEFAULT)) {
            AccountConfig account = fleet.accounts().get(0);
            List<List<Tag>> before = results(call(fleet));
            assertThat(fleet.fetches(account)).isEqualTo(1);

            for (int round = 1; round <= ROUNDS; round++) {
                long made = fleet.wechat().calls().of(account.name(), CALL);
                invalidate(fleet, account);

                assertThat(results(call(fleet))).isEqualTo(before);
                assertThat(fleet.wechat().calls().of(account.name(), CALL))
                        .as("each call is refused once, and repeated once")
                        .isEqualTo(made + 2 * CALLS);
                assertThat(fleet.fetches(account)).isEqualTo(1 + round);
            }
        }
    }

    private static void invalidate(TokenFleet fleet, AccountConfig account) {
        fleet.exclusively(account, at -> {
            at.tokens().invalidate();
            return at;
        });
    }

    /** A hundred calls, those of an instance in one go of its event loop. */
    private static List<Future<List<Tag>>> call(TokenFleet fleet) {
        List<Future<List<Tag>>> calls = new ArrayList<>();
        for (int each = 0; each < TokenFleet.SIZE; each++) {
            TokenFleet.Instance instance = fleet.instances().get(each);
            List<Promise<List<Tag>>> ofInstance = new ArrayList<>();
            for (int call = each; call < CALLS; call += TokenFleet.SIZE) {
                Promise<List<Tag>> promise = Promise.promise();
                ofInstance.add(promise);
                calls.add(promise.future());
            }
            instance.vertx()
                    .runOnContext(go -> ofInstance.forEach(promise -> new TagCalls(instance.client())
                            .all(fleet.accounts().get(0).name())
                            .onComplete(promise)));
        }
        return calls;
    }

    private static List<List<Tag>> results(List<Future<List<Tag>>> calls) {
        return calls.stream().map(Await::result).toList();
    }
}
