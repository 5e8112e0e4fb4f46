package io.weir.plugin.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.plugin.Handler;
import io.weir.wechat.message.PushType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandlerJarsTest {
    private static final String HEAD =
            "import io.vertx.core.Future; import io.weir.plugin.*; import io.weir.wechat.message.*;";

    @TempDir
    Path folder;

    private final Problems problems = new Problems();

    @Test
    void loadsTheHandlerOfEachJar() throws IOException {
        Jars.handler(folder.resolve("a.jar"), "Hello", handler("Hello", "MenuEvent.Click", "PushType.CLICK"));
        Jars.handler(folder.resolve("b.jar"), "Words", handler("Words", "Message.Text", "PushType.TEXT"));
        Files.writeString(folder.resolve("README.txt"), "not a jar");

        List<Handler<?>> handlers = load();

        assertThat(problems.all()).isEmpty();
        assertThat(handlers.stream().map(each -> each.type().toString())).containsExactlyInAnyOrder("CLICK", "text");
    }

    @Test
    void hasNoHandlersWithoutTheFolder() {
        assertThat(HandlerJars.look(folder.resolve("none"), problems)).isEmpty();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void refusesTwoHandlersOfOneKindNamingBoth() throws IOException {
        Jars.handler(folder.resolve("a.jar"), "Hello", handler("Hello", "MenuEvent.Click", "PushType.CLICK"));
        Jars.handler(folder.resolve("b.jar"), "Again", handler("Again", "MenuEvent.Click", "PushType.CLICK"));

        load();

        assertThat(only())
                .isEqualTo(folder.resolve("b.jar")
                        + ": found Again for CLICK; expected one handler for them, and a.jar has Hello; say which: handlers: { \"CLICK\":"
                        + " { handler: Again } }");
    }

    @Test
    void refusesAFileThatIsNoJar() throws IOException {
        Files.writeString(folder.resolve("a.jar"), "not a jar");

        load();

        assertThat(only()).startsWith(folder.resolve("a.jar") + ": found a file that is not a valid JAR: ");
    }

    @Test
    void refusesAJarThatNamesNoHandler() throws IOException {
        Jars.of(folder.resolve("a.jar"), "Hello", handler("Hello", "MenuEvent.Click", "PushType.CLICK"), "");

        load();

        assertThat(only())
                .contains(
                        "found no META-INF/services/io.weir.plugin.Handler; expected that file, with the name of the");
    }

    @Test
    void refusesANameWithoutAClass() throws IOException {
        Jars.of(folder.resolve("a.jar"), "Hello", handler("Hello", "MenuEvent.Click", "PushType.CLICK"), "Helo\n");

        load();

        assertThat(only()).contains("found a handler that cannot be made: ", "Helo", "expected a public class");
    }

    @Test
    void refusesAClassThatIsNoHandler() throws IOException {
        Jars.handler(folder.resolve("a.jar"), "Hello", "public class Hello {}");

        load();

        assertThat(only()).contains("found a handler that cannot be made: ", "Hello");
    }

    @Test
    void refusesAHandlerWhoseConstructorThrows() throws IOException {
        String source = handler("Hello", "MenuEvent.Click", "PushType.CLICK")
                .replace("class Hello implements", "class Hello extends Base implements")
                .concat("class Base { Base() { throw new IllegalStateException(\"no luck\"); } }");
        Jars.handler(folder.resolve("a.jar"), "Hello", source);

        load();

        assertThat(only()).contains("found a handler that cannot be made: ", "no luck");
    }

    @Test
    void refusesAHandlerOfNoType() throws IOException {
        Jars.handler(folder.resolve("a.jar"), "Hello", handler("Hello", "MenuEvent.Click", "null"));

        load();

        assertThat(only()).contains("found Hello of no type; expected its type() to be a constant of PushType");
    }

    @Test
    void refusesAClassOfANewerJava() throws IOException {
        Path jar =
                Jars.handler(folder.resolve("a.jar"), "Hello", handler("Hello", "MenuEvent.Click", "PushType.CLICK"));
        Jars.makeNewer(jar, "Hello.class");

        load();

        assertThat(only())
                .contains("found a handler that cannot be made: ", "class file version", "compiled for Java ");
    }

    @Test
    void keepsTheClassesOfJarsApart() throws IOException {
        Jars.handler(folder.resolve("a.jar"), "Same", handler("Same", "MenuEvent.Click", "PushType.CLICK"));
        Jars.handler(folder.resolve("b.jar"), "Same", handler("Same", "Message.Text", "PushType.TEXT"));

        List<Handler<?>> handlers = load();

        assertThat(handlers).hasSize(2);
        assertThat(handlers.get(0).getClass()).isNotSameAs(handlers.get(1).getClass());
        assertThat(handlers.stream().map(each -> (Object) each.type()))
                .containsExactlyInAnyOrder(PushType.CLICK, PushType.TEXT);
    }

    @Test
    void loadsWhatAHandlerNeedsFromTheLibrariesBesideItBeforeWeirsOwn() throws IOException {
        Path jar = Jars.handler(folder.resolve("a.jar"), "Hello", withHelper("mine"));
        Jars.move(jar, "Helper.class", folder.resolve("a/lib/helper.jar"));
        Path other = Jars.handler(
                folder.resolve("b/b.jar"),
                "Hello",
                withHelper("other").replace("CLICK", "VIEW").replace("Click", "View"));
        Jars.move(other, "Helper.class", folder.resolve("b/lib/helper.jar"));

        List<Handler<?>> handlers = load();

        assertThat(problems.all()).isEmpty();
        assertThat(handlers.stream().map(Object::toString)).containsExactly("mine", "other");
    }

    @Test
    void takesItsOwnVersionOfALibraryThatWeirHasToo() throws IOException {
        Path jar = Jars.handler(
                folder.resolve("a.jar"),
                "Hello",
                handler("Hello", "MenuEvent.Click", "PushType.CLICK")
                        .replace(
                                "public PushType",
                                "public String toString() { return org.yaml.snakeyaml.Yaml.class"
                                        + ".getClassLoader().getName(); } public PushType"));
        Path yaml = Path.of(org.yaml.snakeyaml.Yaml.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        Files.createDirectories(folder.resolve("a/lib"));

        assertThat(load().get(0)).hasToString("app");
        Files.copy(yaml, folder.resolve("a/lib/snakeyaml.jar"));
        assertThat(load().get(0)).hasToString("a");
        assertThat(jar).exists();
    }

    @Test
    void refusesAHandlerThatNeedsAClassWhichIsNowhere() throws IOException {
        Path jar = Jars.handler(folder.resolve("a.jar"), "Hello", withHelper("mine"));
        Jars.move(jar, "Helper.class", folder.resolve("elsewhere/helper.txt"));

        load();

        assertThat(only())
                .isEqualTo(jar + ": found Hello, which needs Helper; expected that class in the jar or in one of"
                        + " a/lib/*.jar beside it");
    }

    @Test
    void loadsAJarThatOnlyObserves() throws IOException {
        Path jar = folder.resolve("a.jar");
        Jars.of(
                jar,
                "Seen",
                "import io.weir.plugin.*; import io.weir.dispatch.*;"
                        + "public class Seen implements Observer { public void observe(Delivery<?> delivery) {} }",
                "");
        Jars.name(jar, "io.weir.plugin.Observer", "Seen");

        assertThat(load()).isEmpty();
        assertThat(problems.all()).isEmpty();
    }

    private static String withHelper(String says) {
        return handler("Hello", "MenuEvent.Click", "PushType.CLICK")
                .replace("public PushType", "public String toString() { return Helper.SAYS.get(); } public PushType")
                .concat("class Helper { static final java.util.function.Supplier<String> SAYS = () -> \"" + says
                        + "\"; }");
    }

    static String handler(String name, String record, String type) {
        return HEAD + "public class " + name + " implements Handler<" + record + "> {"
                + "public PushType<" + record + "> type() { return " + type + "; }"
                + "public Future<Reply> handle(" + record + " push) {"
                + "return Future.succeededFuture(Reply.text(\"hello\")); } }";
    }

    private List<Handler<?>> load() {
        List<Plugin> plugins = HandlerJars.look(folder, problems).values().stream()
                .flatMap(files -> HandlerJars.load(files, problems).stream())
                .toList();
        assertThat(new PluginHandlers(plugins, Map.of(), problems).late()).hasSizeLessThanOrEqualTo(plugins.size());
        return plugins.stream()
                .<Handler<?>>flatMap(each -> each.handlers().stream())
                .toList();
    }

    private String only() {
        assertThat(problems.errors()).hasSize(1);
        return problems.errors().stream().map(Problem::text).findFirst().orElseThrow();
    }
}
