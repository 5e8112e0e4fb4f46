package io.weir.plugin.runtime;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.weir.dispatch.Delivery;
import io.weir.plugin.Handler;
import io.weir.plugin.Services;
import io.weir.plugin.WeChatApi;
import io.weir.wechat.message.Push;
import io.weir.wechat.message.Reply;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Handlers whose Vert.x is not the one that Weir runs on. In {@code weir-test.jar} all libraries have been moved to other packages,
 * Vert.x too, while handlers are compiled against the real one: the two signatures of one method do not meet. What crosses here does so
 * by reflection and as classes of the JDK. Everywhere else both are the same.
 */
final class OtherVertx {
    private static final Method HANDLE = method(Handler.class, "handle", Delivery.class);
    /** Whether Weir's Vert.x is another one than that of the API's signatures. */
    private static final boolean IS_OTHER = !HANDLE.getReturnType().equals(Future.class);

    private OtherVertx() {}

    /** Has a handler answer. What comes may be anything, as of each handler. */
    @SuppressWarnings("unchecked")
    static @Nullable Future<Reply> handle(Handler<?> handler, Delivery<?> delivery) {
        if (!IS_OTHER) {
            return ((Handler<Push>) handler).handle((Delivery<Push>) delivery);
        }
        Object future = call(HANDLE, handler, delivery);
        if (future == null) {
            return null;
        }
        Object stage = call(method(HANDLE.getReturnType(), "toCompletionStage"), future);
        return Future.fromCompletionStage((CompletionStage<Reply>) stage);
    }

    /** What the handler gets. */
    static Services services(Services ours) {
        return IS_OTHER ? proxy(Services.class, new OtherServices(ours)) : ours;
    }

    /** Calls of {@link Services} that have Vert.x in their signature, answered with that of the handler. */
    private static final class OtherServices implements Calls {
        private final Services ours;
        private Optional<Object> vertx = Optional.empty();

        OtherServices(Services ours) {
            this.ours = ours;
        }

        @Override
        public synchronized @Nullable Object answer(Method method, @Nullable Object[] arguments) {
            return switch (method.getName()) {
                case "vertx" -> vertx(method);
                case "wechat" -> proxy(WeChatApi.class, new OtherApi(ours.wechat()));
                default -> call(method, ours, arguments);
            };
        }

        private @Nullable Object vertx(Method method) {
            if (vertx.isEmpty()) {
                vertx = Optional.ofNullable(call(method(method.getReturnType(), "vertx"), null));
            }
            return vertx.orElse(null);
        }
    }

    /** WeChat's API with futures and JSON of the handler's Vert.x. */
    private record OtherApi(WeChatApi ours) implements Calls {
        @Override
        @SuppressWarnings("unchecked")
        public @Nullable Object answer(Method method, @Nullable Object[] arguments) {
            String account = (String) arguments[0];
            return switch (method.getName()) {
                case "call" ->
                    json(
                            method,
                            ours.call(
                                    account,
                                    HttpMethod.valueOf(String.valueOf(arguments[1])),
                                    (String) arguments[2],
                                    new JsonObject(String.valueOf(arguments[3]))));
                case "get" ->
                    json(method, ours.get(account, (String) arguments[1], (Map<String, String>) arguments[2]));
                default -> theirs(method, ours.send(account, (String) arguments[1], (Reply) arguments[2]));
            };
        }

        private static @Nullable Object json(Method method, Future<JsonObject> ours) {
            Class<?> type = Arrays.stream(WeChatApi.class.getMethods())
                    .filter(each -> each.getName().equals("call"))
                    .findFirst()
                    .orElseThrow()
                    .getParameterTypes()[3];
            return theirs(method, ours.map(json -> made(type, json.encode())));
        }

        private static Object made(Class<?> type, String text) {
            try {
                return type.getConstructor(String.class).newInstance(text);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        private static @Nullable Object theirs(Method method, Future<?> ours) {
            Method from = method(method.getReturnType(), "fromCompletionStage", CompletionStage.class);
            return call(from, null, ours.toCompletionStage());
        }
    }

    /** Answers the calls of an interface. */
    private interface Calls {
        @Nullable
        Object answer(Method method, @Nullable Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Calls calls) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            Object[] arguments = given == null ? new Object[0] : given;
            return method.getDeclaringClass() == Object.class
                    ? method.invoke(calls, arguments)
                    : calls.answer(method, arguments);
        }));
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) {
        try {
            return type.getMethod(name, parameters);
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Object call(Method method, @Nullable Object on, @Nullable Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException bug ? bug : new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
