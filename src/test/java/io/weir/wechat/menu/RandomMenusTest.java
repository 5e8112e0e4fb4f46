package io.weir.wechat.menu;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.simulator.platform.PlatformAccount;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the validator says of hundreds of menus, checked by a counter of its own and by the simulated WeChat, which has the
 * rules from the same page but shares no code. It stops at its first fault, so its code must be one of those found.
 *
 * <p>Known differences, which these menus do not have: the simulated WeChat knows which material and articles exist, refuses a
 * media_id over 128 bytes, and takes a name with half a character, since the wire has "?" for it.
 */
class RandomMenusTest {
    private static final int MENUS = 500;

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0.01", "3, 0.05", "4, 0.2"})
    void agreesWithTheSimulatedWeChatOnDefaultMenus(long seed, double faults) {
        RandomMenus random = new RandomMenus(seed, faults);
        PlatformAccount account = SimulatedAccount.create();
        int accepted = 0;

        for (int each = 0; each < MENUS; each++) {
            ObjectNode body = random.menu();
            List<Integer> errors = errors(MenuValidator.ofToday().menu(body));
            agree(body, errors, SimulatedAccount.errcode(() -> account.menus().create(SimulatedAccount.body(body))));
            accepted += errors.isEmpty() ? 1 : 0;
            if (errors.isEmpty()) {
                checkLimits(body);
                JsonNode written = MenuJson.write(MenuJson.menu(body));
                assertThat(SimulatedAccount.errcode(() -> account.menus().create(SimulatedAccount.body(written))))
                        .isZero();
            }
        }

        assertThat(accepted).isBetween(faults == 0 ? MENUS : 20, faults == 0 ? MENUS : MENUS - 20);
    }

    @ParameterizedTest
    @CsvSource({"5, 0", "6, 0.02", "7, 0.1"})
    void agreesWithTheSimulatedWeChatOnPersonalisedMenus(long seed, double faults) {
        RandomMenus random = new RandomMenus(seed, faults);
        int accepted = 0;

        for (int each = 0; each < MENUS / 5; each++) {
            PlatformAccount account = SimulatedAccount.create();
            for (int menu = 0; menu < 5; menu++) {
                ObjectNode body = random.personalised();
                List<Integer> errors = errors(MenuValidator.ofToday().addition(body, live(account)));
                agree(
                        body,
                        errors,
                        SimulatedAccount.errcode(() -> account.menus().addConditional(SimulatedAccount.body(body))));
                accepted += errors.isEmpty() ? 1 : 0;
                if (menu == 0) {
                    account.menus().create(SimulatedAccount.body(MenuTexts.menu(MenuTexts.click("a"))));
                }
            }
        }

        assertThat(accepted).isBetween(20, MENUS - 20);
    }

    private static LiveMenus live(PlatformAccount account) {
        return SimulatedAccount.errcode(() -> account.menus().get()) == 46003
                ? LiveMenus.EMPTY
                : MenuJson.liveMenus(account.menus().get());
    }

    private static List<Integer> errors(List<Violation> all) {
        return all.stream().filter(Violation::isError).map(Violation::errcode).toList();
    }

    private static void agree(JsonNode body, List<Integer> errors, int errcode) {
        assertThat(errcode == 0)
                .as(() -> errcode + " but " + errors + " for " + body)
                .isEqualTo(errors.isEmpty());
        if (errcode != 0) {
            assertThat(errors).as(body::toString).contains(errcode);
        }
    }

    private static void checkLimits(JsonNode body) {
        JsonNode buttons = body.path("button");
        assertThat(buttons.size()).isBetween(1, 3);
        for (JsonNode button : buttons) {
            checkTexts(button, 16);
            assertThat(button.path("sub_button").size()).isBetween(0, 5);
            button.path("sub_button").forEach(child -> checkTexts(child, 60));
        }
    }

    private static void checkTexts(JsonNode button, int maxName) {
        assertThat(Utf8Count.of(button.path("name").asText())).isBetween(1, maxName);
        if (button.has("key")) {
            assertThat(Utf8Count.of(button.path("key").asText())).isBetween(1, 128);
        }
        if (button.has("url")) {
            assertThat(Utf8Count.of(button.path("url").asText())).isBetween(1, 1024);
        }
    }
}
