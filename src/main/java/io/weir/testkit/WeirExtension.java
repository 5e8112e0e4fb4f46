package io.weir.testkit;

import io.weir.config.Problems;
import io.weir.plugin.Handler;
import io.weir.plugin.runtime.Plugin;
import io.weir.plugin.runtime.PluginHandlers;
import io.weir.simulator.AccountCredentials;
import io.weir.simulator.Simulator;
import io.weir.simulator.people.Person;
import io.weir.simulator.push.PushMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * For tests with JUnit: a simulated WeChat and the gateway that it pushes to, on free ports of this machine, and people who
 * tap.
 *
 * <pre>{@code
 * @ExtendWith(WeirExtension.class)
 * class MenuTest {
 *     @Test
 *     void theJokeButtonTellsAJoke(Person alice) {
 *         alice.taps("V1001_SUNCK").sees("sunck is a good man");
 *     }
 * }
 * }</pre>
 *
 * <p>Registered on a class or as a static field it starts once for all tests of the class, those of nested classes included, as
 * an instance field for each test. Every {@link Person} parameter is somebody new, who follows the account. A test may also ask
 * for the {@link Simulator}, for menus, faults and time. What a test changed in it stays for the other tests of the class;
 * faults are cleared after each test.
 *
 * <p>JUnit is needed by this class only and not part of the jar.
 */
public final class WeirExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private final List<Handler<?>> handlers = new ArrayList<>();
    private Optional<String> replies = Optional.empty();
    private Optional<TestedMenu> menu = Optional.empty();
    private Optional<URI> elsewhere = Optional.empty();
    private AccountCredentials credentials = AccountCredentials.UNCHANGED;
    private Duration deadline = TestedGateway.DEADLINE;
    private PushMode mode = PushMode.PLAINTEXT;
    private boolean virtualTime;
    /** The class that it runs for and the nested ones in it that are being run. */
    private int classes;

    private @Nullable TestedGateway tested;

    /** A gateway with the sample answers, or those of {@code conf/replies.yaml} in the working directory. */
    public WeirExtension() {}

    /** The same as the constructor gives, to add to. */
    public static WeirExtension create() {
        return new WeirExtension();
    }

    /** Lets the built-in handlers answer by these rules, in the form of {@code conf/replies.yaml}. */
    public WeirExtension replies(String yaml) {
        this.replies = Optional.of(yaml);
        return this;
    }

    /** The same from a file of the project. */
    public WeirExtension replies(Path file) {
        return replies(read(file));
    }

    /**
     * Gives the account this menu in place of the sample one, in the form of a menu file ({@code weir menu apply}), YAML or JSON;
     * personalised menus and their tags too.
     *
     * @throws IllegalArgumentException with all that is wrong with it
     */
    public WeirExtension menu(String file) {
        this.menu = Optional.of(new TestedMenu(file));
        return this;
    }

    /** The same from a file of the project. */
    public WeirExtension menu(Path file) {
        return menu(read(file));
    }

    /** Adds a handler, which answers its kind of push, or its keys, before the rules do. */
    public WeirExtension handler(Handler<?> handler) {
        handlers.add(handler);
        return this;
    }

    /** Sets how the account is pushed to; plaintext where nothing is said. */
    public WeirExtension mode(PushMode mode) {
        this.mode = mode;
        return this;
    }

    /** Sets after how long the gateway answers {@code success}; in real time. */
    public WeirExtension deadline(Duration deadline) {
        this.deadline = deadline;
        return this;
    }

    /**
     * Makes WeChat's time stand still until {@link Simulator#advance}. The gateway's own time goes on, and it refuses pushes
     * that are more than ten minutes from it.
     */
    public WeirExtension virtualTime() {
        this.virtualTime = true;
        return this;
    }

    /** Starts no gateway: WeChat pushes to one that is running there, in whatever language: for the dev account, or with {@link #credentials}. */
    public WeirExtension pushingTo(URI url) {
        this.elsewhere = Optional.of(url);
        return this;
    }

    /** Sets the credentials of the server given with {@link #pushingTo}, in place of those of the dev account. */
    public WeirExtension credentials(AccountCredentials credentials) {
        this.credentials = credentials;
        return this;
    }

    /** The simulated WeChat. */
    public Simulator wechat() {
        return tested().simulator();
    }

    /** Somebody new, who follows the account. */
    public Person person(String name) {
        return wechat().person(TestedGateway.ACCOUNT, name + "-" + PEOPLE.incrementAndGet());
    }

    /** The URL that WeChat pushes to. */
    public URI pushUrl() {
        return tested().pushUrl();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        if (classes++ == 0) {
            start();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        if (classes == 0) {
            start();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (classes == 0) {
            stop();
        } else {
            wechat().clearFaults();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (--classes == 0) {
            stop();
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Person.class || type == Simulator.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Simulator.class
                ? wechat()
                : person(parameter.getParameter().getName());
    }

    private void start() {
        PluginHandlers own = new PluginHandlers(List.of(Plugin.of("test", handlers)), Map.of(), new Problems());
        tested = new TestedGateway(
                new TestedGateway.Setup(replies, mode, deadline, virtualTime, elsewhere, credentials), own);
        tested.start();
        menu.ifPresent(given -> given.setFor(wechat().account(TestedGateway.ACCOUNT), wechat().platform()));
    }

    private void stop() {
        TestedGateway running = tested;
        tested = null;
        if (running != null) {
            running.stop();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("expected a file at " + file.toAbsolutePath(), e);
        }
    }

    private TestedGateway tested() {
        return Objects.requireNonNull(
                tested, "not started: register the extension with @ExtendWith or @RegisterExtension");
    }
}
