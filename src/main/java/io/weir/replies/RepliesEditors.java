package io.weir.replies;

import static io.weir.http.api.Access.OPERATOR;
import static io.weir.http.api.ApiRoute.get;
import static io.weir.http.api.ApiRoute.order;
import static io.weir.http.api.ApiRoute.post;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.weir.http.api.ApiAnswer;
import io.weir.http.api.ApiFields;
import io.weir.http.api.ApiProblem;
import io.weir.http.api.ApiRequest;
import io.weir.http.api.ApiRoute;
import io.weir.http.api.ApiRoute.BodyLimit;
import io.weir.http.api.Right;
import io.weir.redis.RedisLink;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The replies files as they are edited in the browser: their routes; and, as a verticle, what other instances save, which is looked for
 * every two seconds. One instance.
 */
public final class RepliesEditors extends VerticleBase {
    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final Duration FIRST_LOOK = Duration.ofSeconds(2);
    private static final String PATH = "/api/v1/accounts/{account}/replies";
    private static final BodyLimit BODY = new BodyLimit(256 * 1024, 0);

    private final Map<String, RepliesEditor> byAccount = new HashMap<>();
    private final Vertx workers;
    private final Replies replies;
    private final Optional<RedisLink> redis;

    /**
     * Reads nothing yet.
     *
     * @param redis where instances share what they save; empty: a change concerns this instance only
     * @param folder for revisions; made when it is needed
     */
    public RepliesEditors(Vertx vertx, Replies replies, Optional<RedisLink> redis, Path folder, Clock clock) {
        this.workers = vertx;
        this.replies = replies;
        this.redis = redis;
        for (RepliesFile file : replies.files()) {
            List<String> accounts = replies.accounts(file);
            Optional<SharedReplies> shared = redis.map(link -> new SharedReplies(link, accounts.get(0)));
            RepliesEditor editor = new RepliesEditor(vertx, file, folder, shared, clock);
            accounts.forEach(account -> byAccount.put(account, editor));
        }
    }

    /** Takes over what was saved while this instance did not run; never fails, since a gateway works without. */
    @Override
    public Future<?> start() {
        redis.ifPresent(link -> vertx.setPeriodic(LOOK.toMillis(), id -> follow()));
        return redis.map(RedisLink::attempted)
                .orElseGet(Future::succeededFuture)
                .compose(tried -> follow())
                .timeout(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty();
    }

    private Future<?> follow() {
        Collection<RepliesEditor> editors = byAccount.values();
        return Future.join(
                editors.stream().distinct().map(RepliesEditor::follow).toList());
    }

    /** One line for each path and method. */
    public List<ApiRoute> routes() {
        return List.of(
                get(PATH, OPERATOR, this::show),
                order(HttpMethod.PUT, PATH, OPERATOR, this::save)
                        .with(Right.ANSWERS)
                        .with(BODY),
                post(PATH + "/draft", OPERATOR, this::draft).with(Right.READ).with(BODY),
                get(PATH + "/revisions", OPERATOR, this::revisions));
    }

    private Future<ApiAnswer> show(ApiRequest request) {
        RepliesEditor editor = editor(request);
        return editor.present().compose(present -> answer(editor, present));
    }

    /** Off the event loop: to read a large file takes a while. */
    private Future<ApiAnswer> answer(RepliesEditor editor, RepliesEditor.Present present) {
        List<String> accounts = replies.accounts(editor.file());
        return workers.executeBlocking(
                () -> ApiAnswer.json(RepliesJson.of(editor.file(), present, accounts, editor.isShared()))
                        .tagged(present.hash()),
                false);
    }

    private Future<ApiAnswer> draft(ApiRequest request) {
        ApiFields fields = request.fields("changes", "revision", "test");
        Optional<ApiFields> test = fields.object("test", "type", "key", "values");
        return editor(request)
                .draft(RepliesJson.draft(fields))
                .compose(edited ->
                        workers.executeBlocking(() -> ApiAnswer.json(RepliesJson.draft(edited, test)), false));
    }

    private Future<ApiAnswer> save(ApiRequest request) {
        RepliesEditor editor = editor(request);
        String base = request.expectedState()
                .orElseThrow(() -> ApiProblem.of(
                        428, "If-Match is missing", "Send the ETag of the replies that are changed as If-Match."));
        String author = request.caller().orElse(request.peer());
        return editor.save(base, RepliesJson.draft(request.fields("changes", "revision")), author)
                .compose(present -> answer(editor, present));
    }

    private Future<ApiAnswer> revisions(ApiRequest request) {
        RepliesEditor editor = editor(request);
        return editor.present()
                .compose(present -> editor.revisions().map(all -> RepliesJson.revisions(all, present.hash())))
                .map(ApiAnswer::json);
    }

    private RepliesEditor editor(ApiRequest request) {
        return Optional.ofNullable(byAccount.get(request.account()))
                .orElseThrow(() -> ApiProblem.of(
                        409,
                        "The account has no replies file",
                        "Put one beside the configuration, or name it there as replies, and restart."));
    }
}
