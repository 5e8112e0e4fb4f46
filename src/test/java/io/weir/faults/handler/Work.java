package io.weir.faults.handler;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.weir.dispatch.Delivery;
import io.weir.plugin.Services;
import io.weir.wechat.message.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What every handler of the rig does: notes in the instance's ledger that a run has begun, does what the push says, notes that
 * it has ended, and answers with a text that names push and run, so that two runs can never give the same reply.
 *
 * <p>A push says {@code ID} and perhaps a word: {@code sleep 50} and {@code block 50} (milliseconds; the latter holds the
 * thread), {@code throw}, {@code never}.
 */
final class Work implements AutoCloseable {
    private final Vertx vertx;
    private final String instance;
    private final String kind;
    private final FileChannel ledger;
    private final AtomicLong runs = new AtomicLong();

    private Work(Vertx vertx, String instance, String kind, FileChannel ledger) {
        this.vertx = vertx;
        this.instance = instance;
        this.kind = kind;
        this.ledger = ledger;
    }

    static Work of(Services services, String kind) {
        String instance = setting(services, "instance");
        Path file = Path.of(setting(services, "ledger"));
        try {
            FileChannel ledger = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            return new Work((Vertx) get(Services.class, "vertx", services), instance, kind, ledger);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String setting(Services services, String name) {
        try {
            Object settings = get(Services.class, "settings", services);
            Class<?> type = Services.class.getMethod("settings").getReturnType();
            Optional<?> text =
                    (Optional<?>) type.getMethod("text", String.class).invoke(settings, name);
            return (String) text.orElseThrow();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Not called as it is declared: the same jar runs in an earlier build, in which this was a record. */
    private static Object get(Class<?> type, String name, Object from) {
        try {
            return type.getMethod(name).invoke(from);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    Future<Reply> run(Delivery<?> delivery, String order) {
        String[] words = order.strip().split(" ", -1);
        String push = words[0];
        String run = instance + "." + kind + "." + runs.incrementAndGet();
        note("started", push, run, delivery);
        return work(words).map(done -> {
            note("finished", push, run, delivery);
            return Reply.text("answer to " + push + " by run " + run);
        });
    }

    private Future<?> work(String[] words) {
        return switch (words.length > 1 ? words[1] : "") {
            case "" -> Future.succeededFuture();
            case "sleep" -> vertx.timer(Math.max(1, Long.parseLong(words[2])));
            case "block" -> block(Long.parseLong(words[2]));
            case "never" -> Promise.promise().future();
            default -> throw new IllegalStateException("the push says " + words[1]);
        };
    }

    private static Future<?> block(long millis) {
        try {
            Thread.sleep(millis);
            return Future.succeededFuture();
        } catch (InterruptedException e) {
            return Future.failedFuture(e);
        }
    }

    /** One write for each line: a process that is killed leaves no half of one. */
    private void note(String what, String push, String run, Delivery<?> delivery) {
        String now = Long.toString(System.currentTimeMillis());
        String attempt = Integer.toString(delivery.attempt());
        String redelivered = Boolean.toString(delivery.redelivered());
        String line = String.join(" ", what, push, run, instance, attempt, redelivered, now);
        try {
            ledger.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            ledger.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
