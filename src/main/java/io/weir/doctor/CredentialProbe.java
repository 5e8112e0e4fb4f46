package io.weir.doctor;

import io.vertx.core.Future;
import io.weir.client.AccessTokens;
import io.weir.config.AccountConfig;
import io.weir.config.AccountConfig.TokenMode;
import java.util.List;

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
}
