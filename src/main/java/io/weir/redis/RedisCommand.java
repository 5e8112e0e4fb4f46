package io.weir.redis;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** A command that waits for its answer. */
final class RedisCommand extends InFlight.Entry {
    /** Those of the code: making one costs as much as writing it. */
    private static final Map<String, Command> COMMANDS = new ConcurrentHashMap<>();

    private final Request request;
    private final Promise<RedisAnswer> answer;
    private final Optional<Context> caller;

    /** @param caller where the answer is told, since the caller may keep state that belongs to its event loop */
    RedisCommand(Request request, Promise<RedisAnswer> answer, Optional<Context> caller, long deadline) {
        super(deadline);
        this.request = request;
        this.answer = answer;
        this.caller = caller;
    }

    static Request plain(String command, String... arguments) {
        Request request = Request.cmd(COMMANDS.computeIfAbsent(command, RedisCommand::named));
        for (String argument : arguments) {
            request.arg(argument);
        }
        return request;
    }

    private static Command named(String command) {
        return Command.create(command.toUpperCase(Locale.ROOT));
    }

    static Request scripted(Command command, String script, List<String> keys, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }

    Request request() {
        return request;
    }

    void complete(RedisAnswer of) {
        if (caller.isPresent()) {
            caller.get().runOnContext(now -> answer.tryComplete(of));
        } else {
            answer.tryComplete(of);
        }
    }

    @Override
    void fail(RedisException failure) {
        if (caller.isPresent()) {
            caller.get().runOnContext(now -> answer.tryFail(failure));
        } else {
            answer.tryFail(failure);
        }
    }
}
