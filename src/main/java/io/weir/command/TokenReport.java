package io.weir.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.cli.Table;
import io.weir.cli.Terminal;
import io.weir.cli.Terminal.Colour;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.SharedCredentials.CredentialState;
import io.weir.client.WeChatException;
import io.weir.client.admin.AdminGateway.AdminAddress;
import io.weir.client.admin.AdminJson;
import io.weir.config.AccountConfig;
import io.weir.config.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the credentials of an account are, for people or as JSON.
 *
 * @param asked who told
 * @param where in words
 * @param value of the access_token; only where it was asked for
 */
record TokenReport(
        AccountConfig account, Asked asked, String where, List<CredentialState> states, Optional<Secret> value) {
    static final CredentialKind KIND = CredentialKind.ACCESS_TOKEN;

    TokenReport {
        states = List.copyOf(states);
    }

    /** Who told. */
    enum Asked {
        /** The one that runs on this machine. */
        GATEWAY,
        /** What the instances share. */
        STORE,
        /** In stable mode; it tells of the life only. */
        WECHAT
    }

    static TokenReport ofGateway(AccountConfig account, AdminAddress address, List<CredentialState> states) {
        String where = "the gateway at " + address.authority();
        return new TokenReport(account, Asked.GATEWAY, where, states, Optional.empty());
    }

    static TokenReport ofStore(AccountConfig account, List<CredentialState> states) {
        return new TokenReport(account, Asked.STORE, "Redis, since no gateway runs here", states, Optional.empty());
    }

    static TokenReport ofWeChat(AccountConfig account, Duration life) {
        CredentialState state = new CredentialState(
                KIND,
                Optional.empty(),
                Optional.empty(),
                Optional.of(life),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                false,
                false);
        String where = "WeChat, since no gateway runs here; age, next renewal and fetches only a gateway knows";
        return new TokenReport(account, Asked.WECHAT, where, List.of(state), Optional.empty());
    }

    /** The same with the value. */
    TokenReport revealing(Secret token) {
        return revealing(Optional.of(token));
    }

    TokenReport revealing(Optional<Secret> token) {
        return new TokenReport(account, asked, where, states, token);
    }

    String text(Terminal terminal) {
        Table table = new Table().row("account", account.name() + ", tokenMode " + mode());
        table.row("asked", where);
        if (states.isEmpty()) {
            table.row("state", "nobody has asked for a token yet: the first who does makes the gateway fetch one");
        }
        for (CredentialState state : states) {
            table.row("", "").row(state.kind().name().toLowerCase(Locale.ROOT), "");
            describe(state, table);
        }
        value.ifPresent(token -> table.row("value", token.reveal()));
        return String.join("\n", table.lines())
                .replaceAll("(?m)^(state +)(none.*)$", "$1" + terminal.paint(Colour.BAD, "$2"));
    }

    private void describe(CredentialState state, Table table) {
        table.row("state", state.life().map(life -> "valid for " + words(life)).orElse("none"));
        state.source().ifPresent(source -> table.row("source", words(source)));
        state.age().ifPresent(age -> table.row("age", words(age)));
        state.nextRenewal().ifPresent(next -> table.row("next renewal", "in " + words(next)));
        if (asked != Asked.WECHAT) {
            table.row("fetches today", state.fetchesToday() + " by this instance");
        }
        if (state.storeAway()) {
            table.row("Redis", "cannot be reached");
        }
        state.lastError().ifPresent(error -> describe(error, state, table));
    }

    private static void describe(WeChatException error, CredentialState state, Table table) {
        table.row(
                "last error",
                error.code()
                        .map(code -> code.code() + " " + error.errmsg())
                        .orElse(String.valueOf(error.getMessage())));
        table.row("", error.explanation().english()).row("", error.explanation().chinese());
        state.paused()
                .ifPresent(pause -> table.row(
                        "fetching",
                        (state.stopped() ? "stopped until that is mended; tried" : "tried") + " again in "
                                + words(pause)));
    }

    /** As the admin API tells it, and a little more. */
    String json() {
        ObjectNode json = asked == Asked.WECHAT
                ? AdminJson.write(account.name(), states.get(0).life().orElse(Duration.ZERO))
                : AdminJson.write(account.name(), states);
        json.put("tokenMode", mode()).put("asked", asked.name().toLowerCase(Locale.ROOT));
        value.ifPresent(token -> json.put("value", token.reveal()));
        return json.toPrettyString();
    }

    private String mode() {
        return account.tokenMode().name().toLowerCase(Locale.ROOT);
    }

    private static String words(CredentialState.Source source) {
        return switch (source) {
            case FETCHED_HERE -> "this instance fetched it, for all";
            case FROM_STORE -> "another instance fetched it, or this one before it was restarted";
            case OWN -> "this instance fetched it for itself, since Redis could not be reached";
        };
    }

    /** The two largest units. */
    static String words(Duration time) {
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " min";
        }
        return time.toMinutes() > 0
                ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
                : time.toSeconds() + " s";
    }
}
