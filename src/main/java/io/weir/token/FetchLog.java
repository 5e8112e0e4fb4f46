package io.weir.token;

import io.weir.client.CredentialKind;
import io.weir.client.FetchedCredential;
import io.weir.client.WeChatException;
import io.weir.wechat.api.ErrorCode;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Tells how fetching goes: each success, and of failures that repeat only the change. */
final class FetchLog {
    private static final Logger LOG = LoggerFactory.getLogger(FetchLog.class);

    private final String account;
    private final CredentialKind kind;
    private String trouble = "";

    FetchLog(String account, CredentialKind kind) {
        this.account = account;
        this.kind = kind;
    }

    void fetched(FetchedCredential issued) {
        trouble = "";
        line(Level.INFO).addKeyValue("life", issued.life()).log("credential fetched");
    }

    void adopted() {
        trouble = "";
        line(Level.DEBUG).log("credential taken from the store");
    }

    void overtaken() {
        line(Level.INFO).log("credential not kept, a newer one is in the store");
    }

    void failed(WeChatException failure, Renewal.Pause pause, boolean oldOneLives) {
        String now = failure.kind() + " " + failure.code().map(ErrorCode::code).orElse(0);
        if (!now.equals(trouble)) {
            trouble = now;
            tell(failure, pause.here(), pause.stopped(), oldOneLives);
        }
    }

    private void tell(WeChatException failure, Duration pause, boolean stopped, boolean oldOneLives) {
        line(stopped ? Level.ERROR : Level.WARN)
                .addKeyValue("error", failure.getMessage())
                .addKeyValue("rid", failure.rid().orElse(""))
                .addKeyValue("hint", failure.code().map(FetchLog::hint).orElse(""))
                .addKeyValue("pause", pause)
                .addKeyValue("served", oldOneLives ? "the previous" : "none")
                .log("credential cannot be fetched");
    }

    private static String hint(ErrorCode code) {
        return code.remedy() + " " + code.chineseRemedy();
    }

    private LoggingEventBuilder line(Level level) {
        return LOG.atLevel(level).addKeyValue("account", account).addKeyValue("kind", kind);
    }
}
