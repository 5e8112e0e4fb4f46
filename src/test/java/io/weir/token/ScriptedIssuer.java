package io.weir.token;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.weir.client.CredentialFetcher;
import io.weir.client.CredentialFetcher.FetchedCredential;
import io.weir.client.SharedCredentials.CredentialKind;
import io.weir.client.WeChatException;
import io.weir.config.Secret;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** An issuer whose answers a test gives one by one. */
final class ScriptedIssuer implements CredentialFetcher {
    private final List<Boolean> calls = new ArrayList<>();
    private int insisted;
    private final List<WeChatException> heard = new ArrayList<>();
    private final Deque<Promise<FetchedCredential>> open = new ArrayDeque<>();

    @Override
    public Future<FetchedCredential> issue(String account, CredentialKind kind, boolean force) {
        calls.add(force);
        Promise<FetchedCredential> answer = Promise.promise();
        open.add(answer);
        return answer.future();
    }

    @Override
    public void insist(String account) {
        insisted++;
    }

    @Override
    public void heard(String account, WeChatException refusal, Duration time) {
        heard.add(refusal);
    }

    /** What other instances were told. */
    List<WeChatException> heard() {
        return heard;
    }

    /** How often it was told that what was refused is mended. */
    int insisted() {
        return insisted;
    }

    void answer(String value, Duration life) {
        open.remove().complete(new FetchedCredential(Secret.of(value), life));
    }

    /** Answers the latest call. */
    void answerLast(String value, Duration life) {
        open.removeLast().complete(new FetchedCredential(Secret.of(value), life));
    }

    void fail(WeChatException failure) {
        open.remove().fail(failure);
    }

    /** Whether a call waits for its answer. */
    boolean isAsked() {
        return !open.isEmpty();
    }

    /** For each call whether it was forced. */
    List<Boolean> calls() {
        return calls;
    }
}
