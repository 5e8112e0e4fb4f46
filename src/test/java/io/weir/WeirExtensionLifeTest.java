package io.weir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weir.simulator.Simulator;
import io.weir.testkit.WeirExtension;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.RegisterExtension;

class WeirExtensionLifeTest {
    @RegisterExtension
    static final WeirExtension WEIR = WeirExtension.create();

    private static final AtomicReference<Simulator> STARTED = new AtomicReference<>();

    @BeforeAll
    static void remember() {
        STARTED.set(WEIR.wechat());
    }

    @Nested
    class InANestedClass {
        @Test
        void itIsStillTheOneOfTheClassAround() {
            assertThat(WEIR.wechat()).isSameAs(STARTED.get());
        }
    }

    @Test
    void whatCouldNotStartCanBeEnded() {
        WeirExtension wrong = WeirExtension.create().pushingTo(URI.create("ftp://127.0.0.1/wx"));

        assertThatThrownBy(() -> wrong.beforeEach(context())).isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() -> wrong.afterEach(context())).doesNotThrowAnyException();
    }

    private static ExtensionContext context() {
        return (ExtensionContext) Proxy.newProxyInstance(
                WeirExtensionLifeTest.class.getClassLoader(),
                new Class<?>[] {ExtensionContext.class},
                (self, method, given) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
