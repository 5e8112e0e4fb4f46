package io.weir.cli;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/**
 * The signals that end a process. A shutdown hook cannot choose the exit code and never sees a second signal, so the
 * JDK's {@code sun.misc.Signal} is used, by reflection: naming it is a compiler warning, and a runtime may lack it.
 */
public final class Signals {
    private static final List<String> ENDING = List.of("TERM", "INT");

    private Signals() {}

    /**
     * From now on calls {@code handler} with {@code "TERM"} or {@code "INT"} each time such a signal comes, on a thread of
     * its own, and the JVM no longer ends by itself. Does nothing where the platform does not let a program do this.
     */
    public static void onTerminate(Consumer<String> handler) {
        ENDING.forEach(name -> on(name, handler));
    }

    /** Whether the handler was installed. */
    static boolean on(String name, Consumer<String> handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> signalHandler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {signalHandler}, (self, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            handler.accept(name);
                            return null;
                        }
                        return method.invoke(handler, arguments);
                    });
            signal.getMethod("handle", signal, signalHandler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
            return true;
        } catch (ReflectiveOperationException | LinkageError notHere) {
            return false;
        }
    }
}
