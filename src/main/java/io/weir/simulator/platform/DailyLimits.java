package io.weir.simulator.platform;

import java.util.Map;

/**
 * How often an account may make each call in a day (token-and-server-api.md §2 and §6, menu-api.md §8).
 *
 * <p>For calls whose limit the reference does not give it is {@value #NEVER_REACHED}, the simulator's own choice: they are
 * counted and quota/get has a number to show.
 */
final class DailyLimits {
    private static final int NEVER_REACHED = 100_000_000;

    private static final Map<String, Integer> USUAL = Map.of(
            "/cgi-bin/token",
            2_000,
            "/cgi-bin/stable_token",
            500_000,
            Quotas.FORCED_REFRESH,
            20,
            "/cgi-bin/menu/create",
            1_000,
            "/cgi-bin/menu/get",
            10_000,
            "/cgi-bin/menu/delete",
            1_000,
            "/cgi-bin/menu/addconditional",
            2_000,
            "/cgi-bin/menu/delconditional",
            2_000,
            "/cgi-bin/menu/trymatch",
            20_000,
            "/cgi-bin/message/custom/send",
            500_000);

    /** Where a test account has another limit than the others. */
    private static final Map<String, Integer> TEST_ACCOUNT = Map.of(
            "/cgi-bin/token", 200,
            "/cgi-bin/menu/create", 100,
            "/cgi-bin/menu/get", 1_000,
            "/cgi-bin/menu/delete", 100,
            "/cgi-bin/message/custom/send", 50_000);

    private DailyLimits() {}

    static int of(String path, boolean testAccount) {
        int usual = USUAL.getOrDefault(path, NEVER_REACHED);
        return testAccount ? TEST_ACCOUNT.getOrDefault(path, usual) : usual;
    }
}
