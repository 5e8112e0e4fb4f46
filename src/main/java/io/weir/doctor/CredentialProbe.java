package io.weir.doctor;

import io.vertx.core.Future;
import io.weir.client.AccessTokens;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import io.weir.config.Secret;
import io.weir.doctor.Doctor.Check;
import io.weir.doctor.Doctor.Finding;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Whether WeChat gives the account a token: AppID, AppSecret, IP whitelist. */
public record CredentialProbe(AccountConfig account, AccessTokens tokens) implements Check.Probe {
    @Override
    public Future<List<Finding>> look() {
        return tokens.current(account.name()).map(token -> List.of(Finding.ok(sentence())));
    }

    private String sentence() {
        return account.tokenMode() == TokenMode.STABLE
                ? "WeChat takes appId, appSecret and the address of this machine; asking in stable mode ends no token"
                : "there is a token in classic mode; it was not fetched anew where a gateway has one";
    }

    /** Asks others for each account's token once, though several checks need it. Any thread. */
    public static final class RememberedTokens implements AccessTokens {
        private final AccessTokens source;
        private final Map<String, Future<Secret>> asked = new ConcurrentHashMap<>();

        public RememberedTokens(AccessTokens source) {
            this.source = source;
        }

        @Override
        public Future<Secret> current(String account) {
            return asked.computeIfAbsent(account, source::current);
        }

        /** A second one is not fetched: that the first was refused is what the doctor was asked for. */
        @Override
        public Future<Secret> refused(String account, Secret token) {
            return source.refused(account, token);
        }
    }
}
