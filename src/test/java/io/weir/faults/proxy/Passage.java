package io.weir.faults.proxy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One connection through a proxy: a thread for each way. An error of the proxy's own waits for its turn among Redis's answers. */
final class Passage {
    private final RedisProxy proxy;
    private final Socket client;
    private final Socket redis;
    /** One for each command that has no answer yet. */
    private final Deque<Outstanding> outstanding = new ArrayDeque<>();

    /** A command, and the proxy's own answer to it; empty where Redis answers. */
    private record Outstanding(String command, Optional<String> own) {}

    Passage(RedisProxy proxy, Socket client, Socket redis) {
        this.proxy = proxy;
        this.client = client;
        this.redis = redis;
    }

    void start(Runnable whenEnded) {
        RedisProxy.daemon("redis-proxy-answers", () -> run(this::answers));
        RedisProxy.daemon("redis-proxy-commands", () -> {
            run(this::commands);
            whenEnded.run();
        });
    }

    private void run(Direction way) {
        try {
            way.run();
        } catch (IOException ended) {
            // Who is at the other end hears of it when both ways close.
        } finally {
            close();
        }
    }

    private void commands() throws IOException {
        Resp commands = new Resp(new BufferedInputStream(client.getInputStream()));
        OutputStream out = redis.getOutputStream();
        while (true) {
            byte[] command = commands.next();
            if (proxy.weather().swallows()) {
                continue;
            }
            String name = Resp.command(command);
            Optional<String> refusal = proxy.weather().refusal(name);
            if (!Resp.isAnsweredByPushes(command)) {
                await(new Outstanding(name, refusal));
            }
            if (refusal.isEmpty()) {
                out.write(command);
            }
        }
    }

    private void answers() throws IOException {
        Resp answers = new Resp(new BufferedInputStream(redis.getInputStream()));
        while (true) {
            byte[] answer = answers.next();
            Weather weather = proxy.weather();
            if (!weather.swallows()) {
                pause(weather.slowness(answer.length).toNanos());
                pass(answer);
            }
        }
    }

    private synchronized void await(Outstanding command) throws IOException {
        outstanding.add(command);
        flushOwn();
    }

    private synchronized void pass(byte[] answer) throws IOException {
        Outstanding answered = Resp.isPushed(answer) ? null : outstanding.poll();
        client.getOutputStream()
                .write(answered == null ? answer : proxy.weather().answer(answered.command(), answer));
        flushOwn();
    }

    private void flushOwn() throws IOException {
        while (!outstanding.isEmpty() && outstanding.peek().own().isPresent()) {
            String answer = outstanding.remove().own().orElseThrow();
            client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        long left = nanos;
        while (left > 0) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.MILLISECONDS.toNanos(50)));
            left = end - System.nanoTime();
        }
    }

    void close() {
        try {
            client.close();
            redis.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One of the two. */
    @FunctionalInterface
    private interface Direction {
        void run() throws IOException;
    }
}
