package io.weir.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.client.Json;
import io.weir.client.WeChatClient.ApiPause;
import io.weir.client.WeChatClient.ApiTrouble;
import io.weir.dispatch.durable.SpoolState;
import io.weir.dispatch.durable.SpoolState.Trouble;
import io.weir.health.Health.Dependencies;
import io.weir.plugin.runtime.PluginHandlers.ReloadTrouble;
import io.weir.redis.RedisFault;
import io.weir.redis.RedisLink;
import io.weir.redis.RedisState;
import io.weir.reload.ConfigurationFile;
import io.weir.replies.Replies;
import io.weir.replies.RepliesFile.Conflict;
import io.weir.wechat.api.ErrorCode.ErrorPolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Why a gateway is degraded: a row for each cause, there as long as the cause is. Nothing is kept here: each row is read where its
 * cause is known. Any thread.
 */
public final class HealthProblems {
    private final Optional<ConfigurationFile> file;
    private final Replies replies;
    private final Dependencies dependencies;
    private final Instant started;

    /** @param started since when the process has what it has from its start on */
    public HealthProblems(
            Optional<ConfigurationFile> file, Replies replies, Dependencies dependencies, Instant started) {
        this.file = file;
        this.replies = replies;
        this.dependencies = dependencies;
        this.started = started;
    }

    /** What metrics group the rows by; bounded, unlike the codes. */
    public enum Reason {
        CONFIGURATION,
        REPLIES,
        HANDLERS,
        REDIS,
        CLOCK,
        ALLOW_FROM,
        SPOOL,
        WECHAT_NAME,
        WECHAT_UNREACHABLE,
        WECHAT_NO_ANSWER,
        WECHAT_NOT_UNDERSTOOD,
        WECHAT_BUSY,
        WECHAT_RATE,
        WECHAT_QUOTA,
        WECHAT_REFUSED;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One cause.
     *
     * @param code what it is looked up by; of WeChat's error codes {@code WECHAT_} and the number
     * @param since when it began
     * @param more what else there is to say of it
     */
    record Row(Reason reason, String code, Instant since, Words words, Consumer<ObjectNode> more) {
        ObjectNode json() {
            ObjectNode json = Json.object()
                    .put("code", code)
                    .put("reason", reason.label())
                    .put("since", since.toString());
            more.accept(json);
            return words.addTo(json);
        }
    }

    /** What is the matter and what helps, in both languages of the users. */
    record Words(String cause, String remedy, String chineseCause, String chineseRemedy) {
        ObjectNode addTo(ObjectNode json) {
            return json.put("cause", cause)
                    .put("remedy", remedy)
                    .put("causeZh", chineseCause)
                    .put("remedyZh", chineseRemedy);
        }
    }

    /** All, those of the gateway itself first. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        file.ifPresent(each -> each.state()
                .problem()
                .ifPresent(problem -> rows.add(
                        configuration(each.path(), problem, each.state().problemSince()))));
        replies.files()
                .forEach(each -> each.state()
                        .problem()
                        .ifPresent(problem -> rows.add(
                                replies(each.path(), problem, each.state().problemSince()))));
        replies.files()
                .forEach(each -> each.conflict().ifPresent(conflict -> rows.add(conflict(each.path(), conflict))));
        dependencies.handlers().get().map(HealthProblems::handlers).ifPresent(rows::add);
        dependencies
                .redis()
                .map(RedisLink::state)
                .flatMap(HealthProblems::redis)
                .ifPresent(rows::add);
        dependencies.clock().problem().ifPresent(rows::add);
        openToAll(dependencies.openToAll().get()).ifPresent(rows::add);
        dependencies
                .spool()
                .get()
                .flatMap(SpoolState::trouble)
                .map(HealthProblems::spool)
                .ifPresent(rows::add);
        dependencies.troubles().get().forEach(each -> rows.add(trouble(each)));
        dependencies.stops().get().forEach(each -> rows.add(stop(each)));
        return rows;
    }

    boolean has(Reason reason) {
        return rows().stream().anyMatch(row -> row.reason == reason);
    }

    /** Whether there is nothing wrong. */
    public boolean isNone() {
        return rows().isEmpty();
    }

    /** All, as {@code /health} tells them. */
    public ArrayNode json() {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        rows().forEach(row -> json.add(row.json()));
        return json;
    }

    private static Row configuration(Path path, String problem, Instant since) {
        Words words = new Words(
                "The configuration file was refused, the previous configuration stays: " + problem,
                "Correct the file: Weir reads it again within a second. weir check names all errors.",
                "配置文件未被接受，沿用之前的配置：" + problem,
                "请修正该文件：Weir 会在一秒内重新读取。weir check 会列出全部错误。");
        return new Row(Reason.CONFIGURATION, "CONFIGURATION_REFUSED", since, words, file(path));
    }

    private static Row replies(Path path, String problem, Instant since) {
        Words words = new Words(
                "The replies file was refused, the previous answers stay: " + problem,
                "Correct the file: Weir reads it again within a second. weir check names all errors.",
                "回复文件未被接受，沿用之前的回复：" + problem,
                "请修正该文件：Weir 会在一秒内重新读取。weir check 会列出全部错误。");
        return new Row(Reason.REPLIES, "REPLIES_REFUSED", since, words, file(path));
    }

    private static Row conflict(Path path, Conflict conflict) {
        Words words = new Words(
                "Another instance has saved answers that this one does not follow: " + conflict.cause(),
                "Make the files of all instances the same, or roll back to the wanted revision on the page of answers.",
                "另一个实例保存了回复，本实例未跟随：" + conflict.chineseCause(),
                "请让各实例的文件一致，或在“应答”页面回滚到所需的版本。");
        return new Row(Reason.REPLIES, "REPLIES_CONFLICT", conflict.since(), words, file(path));
    }

    private static Row handlers(ReloadTrouble trouble) {
        Words words = new Words(
                "The jars of handlers were refused, the previous handlers stay: " + trouble.error(),
                "Put a jar in place that is right, or take it away: Weir looks again at once. weir check names all errors.",
                "处理器的 jar 未被接受，沿用之前的处理器：" + trouble.error(),
                "请换上正确的 jar，或把它移走：Weir 会马上重新读取。weir check 会列出全部错误。");
        return new Row(Reason.HANDLERS, "HANDLERS_REFUSED", trouble.since(), words, file(trouble.folder()));
    }

    private static Consumer<ObjectNode> file(Path path) {
        return json -> json.put("file", path.toString());
    }

    private static Optional<Row> redis(RedisState state) {
        if (state.up() && state.fault().isEmpty()) {
            return Optional.empty();
        }
        RedisFault fault = state.fault().orElse(RedisFault.UNREACHABLE);
        String error = state.error().orElse("there is no connection");
        Words words = new Words(
                (state.up() ? "Redis commands fail: " : "Redis is unavailable: ") + error,
                fault.hint(),
                (state.up() ? "Redis 命令失败：" : "Redis 不可用：") + error,
                fault.chineseHint());
        Instant since = state.up() ? state.faultSince().orElse(state.since()) : state.since();
        return Optional.of(new Row(Reason.REDIS, "REDIS_" + fault.name(), since, words, json -> {}));
    }

    private Optional<Row> openToAll(List<String> accounts) {
        if (accounts.isEmpty()) {
            return Optional.empty();
        }
        String names = String.join(", ", accounts);
        Words words = new Words(
                "WeChat has not told yet where its pushes come from: requests to " + names
                        + " are taken from everywhere; their signatures are checked as always.",
                "Look at the rows about WeChat's API and at the log; Weir asks again, at least once an hour.",
                "微信尚未告知推送的来源地址：发往 " + names + " 的请求不限来源；签名照常校验。",
                "请查看有关微信接口的各行和日志；Weir 至少每小时再询问一次。");
        return Optional.of(new Row(Reason.ALLOW_FROM, "ALLOW_FROM_UNKNOWN", started, words, json -> {}));
    }

    private static Row spool(Trouble trouble) {
        Words words = new Words(
                trouble.fault().meaning() + " " + trouble.error(),
                trouble.fault().remedy(),
                trouble.fault().chineseMeaning() + trouble.error(),
                trouble.fault().chineseRemedy());
        return new Row(Reason.SPOOL, "SPOOL_" + trouble.fault().name(), trouble.since(), words, json -> {});
    }

    private static Row trouble(ApiTrouble trouble) {
        Reason reason = switch (trouble.fault()) {
            case NAME_UNRESOLVED -> Reason.WECHAT_NAME;
            case UNREACHABLE -> Reason.WECHAT_UNREACHABLE;
            case NO_ANSWER -> Reason.WECHAT_NO_ANSWER;
            case NOT_UNDERSTOOD -> Reason.WECHAT_NOT_UNDERSTOOD;
            case BUSY -> Reason.WECHAT_BUSY;
        };
        Words words = new Words(
                trouble.fault().meaning(),
                trouble.fault().remedy(),
                trouble.fault().chineseMeaning(),
                trouble.fault().chineseRemedy());
        boolean busy = reason == Reason.WECHAT_BUSY;
        String code = "WECHAT_" + (busy ? "-1" : trouble.fault().name());
        return new Row(reason, code, trouble.since(), words, json -> {
            if (busy) {
                json.put("account", trouble.account())
                        .put("calls", trouble.calls())
                        .put("errcode", -1);
            }
            json.put("error", trouble.error());
        });
    }

    private static Row stop(ApiPause stop) {
        ErrorPolicy policy = stop.code().conduct();
        Reason reason = policy == ErrorPolicy.WAIT_A_MINUTE
                ? Reason.WECHAT_RATE
                : policy == ErrorPolicy.WAIT_UNTIL_TOMORROW ? Reason.WECHAT_QUOTA : Reason.WECHAT_REFUSED;
        Words words = new Words(
                stop.code().meaning(),
                stop.code().remedy(),
                stop.code().chineseMeaning(),
                stop.code().chineseRemedy());
        return new Row(
                reason,
                "WECHAT_" + stop.code().code(),
                stop.since(),
                words,
                json -> json.put("account", stop.account())
                        .put("calls", stop.calls())
                        .put("errcode", stop.code().code())
                        .put("errmsg", stop.errmsg())
                        .put("until", stop.until().toString()));
    }
}
