package io.weir.replies;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.weir.config.ConfigException;
import io.weir.config.FileText;
import io.weir.config.Problems;
import io.weir.config.YamlEdit;
import io.weir.file.AtomicFile;
import io.weir.file.FileAccess;
import io.weir.http.api.ApiProblem;
import io.weir.replies.RepliesFile.Conflict;
import io.weir.replies.Revisions.Revision;
import io.weir.replies.SharedReplies.Head;
import io.weir.rules.ReplyRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes one replies file for whoever edits answers in the browser, and follows what other instances have saved. One change after the
 * other; files are read and written off the event loop.
 *
 * <p>The file is the truth: a change is based on its text, and an instance takes over what another one has saved only while its own
 * file has the text that the other one changed.
 */
final class RepliesEditor {
    /** A larger file is edited by hand. */
    static final int MAX_BYTES = 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(RepliesEditor.class);

    private final Vertx vertx;
    private final RepliesFile file;
    private final Revisions revisions;
    private final Optional<SharedReplies> shared;
    private final Clock clock;
    private Future<?> last = Future.succeededFuture();
    /** The newest revision of the fleet that was looked at here; -1 before the first. Changed in turn. */
    private volatile long seen = -1;

    RepliesEditor(Vertx vertx, RepliesFile file, Path folder, Optional<SharedReplies> shared, Clock clock) {
        this.vertx = vertx;
        this.file = file;
        this.revisions = new Revisions(folder, file.path(), clock);
        this.shared = shared;
        this.clock = clock;
    }

    /**
     * What somebody wants: the text of a revision, or the present one with these changes.
     *
     * @param revision its id
     */
    record Draft(Optional<String> revision, List<YamlEdit.Change> changes) {}

    /**
     * The file at a moment.
     *
     * @param refusal why it cannot be changed here, if so
     * @param fleet the number of the newest revision that instances share
     */
    record Present(String text, String hash, Optional<String> refusal, long fleet) {}

    /**
     * What becomes of the text.
     *
     * @param problems as {@code weir check} finds them; with an error it cannot be saved
     */
    record Edited(String before, String text, ReplyRules rules, Problems problems) {}

    RepliesFile file() {
        return file;
    }

    boolean isShared() {
        return shared.isPresent();
    }

    Future<Present> present() {
        return blocking(this::read);
    }

    private Present read() throws IOException {
        byte[] bytes = file.text();
        Optional<String> refusal = bytes.length > MAX_BYTES
                ? Optional.of(
                        file.path() + " has " + bytes.length + " bytes; here at most " + MAX_BYTES + " are edited")
                : FileAccess.refusal(file.path());
        return new Present(decoded(bytes), Revisions.hash(bytes), refusal, Math.max(0, seen));
    }

    private String decoded(byte[] bytes) {
        Problems problems = new Problems();
        Optional<String> text = FileText.decode(file.path().toString(), bytes, problems);
        problems.throwIfErrors();
        return text.orElse("");
    }

    Future<List<Revision>> revisions() {
        return blocking(revisions::all);
    }

    /** What the draft would make of the text; saves nothing. */
    Future<Edited> draft(Draft draft) {
        return blocking(() -> edit(read().text(), draft));
    }

    private Edited edit(String before, Draft draft) throws IOException {
        Problems problems = new Problems();
        String text = before;
        try {
            text = draft.revision.isPresent()
                    ? revision(draft.revision.get())
                    : YamlEdit.apply(file.path().toString(), before, draft.changes);
        } catch (ConfigException refused) {
            refused.problems().forEach(problems::add);
        }
        ReplyRules rules = file.judge(text.getBytes(StandardCharsets.UTF_8), problems);
        return new Edited(before, text, rules, problems);
    }

    private String revision(String id) throws IOException {
        return revisions
                .find(id)
                .map(Revision::text)
                .orElseThrow(() -> ApiProblem.of(
                        404, "There is no such revision", "Newer ones may have replaced it; ask for the list again."));
    }

    /**
     * Saves a draft as a new revision: here, and for all instances where they share a Redis.
     *
     * @param base hash of the text that it changes
     */
    Future<Present> save(String base, Draft draft, String author) {
        return inTurn(() -> head().compose(head -> blocking(() -> {
                    follow(head);
                    return prepare(base, draft, author, head);
                })
                .compose(next -> publish(head, next))
                .compose(next -> blocking(() -> write(next)))));
    }

    /** Takes over what another instance has saved since; never fails. */
    Future<Boolean> follow() {
        return shared.map(link -> inTurn(() -> link.number()
                        .compose(number -> number == seen && file.conflict().isEmpty()
                                ? Future.succeededFuture(true)
                                : head().compose(head -> blocking(() -> follow(head))))))
                .orElseGet(() -> Future.succeededFuture(true))
                .otherwise(false);
    }

    private Future<Head> head() {
        return shared.map(SharedReplies::newest)
                .orElseGet(() -> Future.succeededFuture(Head.NONE))
                .recover(failure -> Future.failedFuture(ApiProblem.of(
                        503,
                        "Redis is unavailable",
                        "The other instances would not get to know of the change, so nothing is changed: "
                                + failure.getMessage())));
    }

    private Head prepare(String base, Draft draft, String author, Head head) throws IOException {
        Present present = read();
        if (!present.hash.equals(base)) {
            throw stale();
        }
        if (present.refusal.isPresent()) {
            throw ApiProblem.of(409, "The replies file cannot be changed here", present.refusal.get() + ".");
        }
        Edited edited = edit(present.text, draft);
        if (!edited.problems.errors().isEmpty()) {
            throw new ApiProblem(
                    422,
                    "The replies have errors",
                    edited.problems.errors().get(0).text(),
                    RepliesJson.problems(edited.problems));
        }
        byte[] bytes = edited.text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw ApiProblem.of(409, "The replies file cannot be changed here", "It would have more than 1 MiB.");
        }
        try {
            revisions.keep(present.text, "", clock.instant());
        } catch (IOException e) {
            throw ApiProblem.of(409, "There is no place for revisions", "So nothing is changed: " + e.getMessage());
        }
        return new Head(head.number() + 1, base, Revisions.hash(bytes), clock.instant(), author, edited.text);
    }

    private static ApiProblem stale() {
        return ApiProblem.of(
                412,
                "The replies file has changed",
                "Somebody has changed it since it was read: read it again, and make the change to that.");
    }

    private Future<Head> publish(Head before, Head next) {
        return shared.map(link -> link.publish(before.number(), next)
                        .recover(failure -> Future.failedFuture(ApiProblem.of(
                                503,
                                "Redis is unavailable",
                                "It is not known whether the change was saved: read again.")))
                        .compose(done -> done ? Future.succeededFuture(next) : Future.failedFuture(stale())))
                .orElseGet(() -> Future.succeededFuture(next));
    }

    private Present write(Head next) throws IOException {
        seen = next.number();
        try {
            replace(next);
        } catch (IOException e) {
            if (isShared()) {
                conflict(next, "the file cannot be written here: " + e.getMessage(), "本实例无法写入该文件：" + e.getMessage());
            }
            throw ApiProblem.of(409, "The replies file cannot be written", String.valueOf(e));
        }
        LOG.atInfo()
                .addKeyValue("file", file.path())
                .addKeyValue("by", next.author())
                .addKeyValue("revision", next.hash())
                .log("replies file saved");
        return read();
    }

    private void replace(Head next) throws IOException {
        Files.createDirectories(file.path().toAbsolutePath().resolveSibling(""));
        AtomicFile.replace(file.path(), next.text().getBytes(StandardCharsets.UTF_8));
        file.take(next.text().getBytes(StandardCharsets.UTF_8), clock.instant());
        file.conflict(Optional.empty());
        try {
            revisions.keep(next.text(), next.author(), next.time());
        } catch (IOException e) {
            // The file has the new text, and that of before was kept: the next save keeps this one.
            LOG.atWarn()
                    .addKeyValue("file", file.path())
                    .addKeyValue("revision", next.hash())
                    .addKeyValue("error", e)
                    .log("saved replies are not kept as a revision");
        }
    }

    /** Takes it over where the file still has the text that it was made of; whether the file is the newest then. */
    private boolean follow(Head head) throws IOException {
        String hash = Revisions.hash(file.text());
        boolean first = seen < 0;
        boolean same = head.number() == seen;
        seen = head.number();
        if (head.number() == 0 || hash.equals(head.hash())) {
            file.conflict(Optional.empty());
        } else if (hash.equals(head.base()) && (!same || file.conflict().isPresent())) {
            takeOver(head);
        } else if (first) {
            LOG.atInfo()
                    .addKeyValue("file", file.path())
                    .addKeyValue("revision", head.hash())
                    .log("replies file is not the one that was saved last, and stays");
        } else if (!same) {
            conflict(head, "the file has been changed here", "本实例的文件已被修改");
        }
        return file.conflict().isEmpty();
    }

    private void takeOver(Head head) throws IOException {
        Problems problems = new Problems();
        file.judge(head.text().getBytes(StandardCharsets.UTF_8), problems);
        Optional<String> refusal = problems.errors().stream()
                .findFirst()
                .map(error -> error.text())
                .or(() -> FileAccess.refusal(file.path()));
        if (refusal.isPresent()) {
            conflict(head, refusal.get(), refusal.get());
            return;
        }
        try {
            revisions.keep(decoded(file.text()), "", clock.instant());
            replace(head);
        } catch (IOException e) {
            conflict(head, "the file cannot be written here: " + e.getMessage(), "本实例无法写入该文件：" + e.getMessage());
            return;
        }
        LOG.atInfo()
                .addKeyValue("file", file.path())
                .addKeyValue("by", head.author())
                .addKeyValue("revision", head.hash())
                .log("replies file taken over from another instance");
    }

    private void conflict(Head head, String cause, String chineseCause) throws IOException {
        boolean known =
                file.conflict().filter(each -> each.revision() == head.number()).isPresent();
        if (known) {
            return;
        }
        file.conflict(Optional.of(new Conflict(head.number(), head.author(), cause, chineseCause, clock.instant())));
        LOG.atWarn()
                .addKeyValue("file", file.path())
                .addKeyValue("by", head.author())
                .addKeyValue("revision", head.hash())
                .addKeyValue("error", cause)
                .log("replies file does not follow what another instance has saved");
        revisions.keep(decoded(file.text()), "", clock.instant());
        revisions.keep(head.text(), head.author(), head.time());
    }

    private synchronized <T> Future<T> inTurn(Supplier<Future<T>> work) {
        Future<T> next = last.transform(done -> work.get());
        last = next;
        return next;
    }

    private <T> Future<T> blocking(Callable<T> work) {
        return vertx.executeBlocking(work, false).recover(failure -> Future.failedFuture(problem(failure)));
    }

    private static Throwable problem(Throwable failure) {
        if (failure instanceof ConfigException unreadable) {
            return ApiProblem.of(409, "The replies file cannot be read", String.valueOf(unreadable.getMessage()));
        }
        return failure instanceof IOException
                ? ApiProblem.of(409, "The replies file cannot be read", String.valueOf(failure))
                : failure;
    }
}
