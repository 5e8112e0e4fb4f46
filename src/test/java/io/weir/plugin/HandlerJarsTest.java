package io.weir.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import io.weir.config.Problem;
import io.weir.config.Problems;
import io.weir.plugin.HandlerJars.JarHandler;
import io.weir.wechat.message.PushType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

        List<JarHandler> handlers = HandlerJars.load(folder, problems);

        assertThat(problems.all()).isEmpty();
        assertThat(handlers.stream().map(each -> each.handler().type().toString()))
                .containsExactlyInAnyOrder("CLICK", "text");
    }

    @Test
    void hasNoHandlersWithoutTheFolder() {
        assertThat(HandlerJars.load(folder.resolve("none"), problems)).isEmpty();
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void refusesTwoHandlersOfOneKindNamingBoth() throws IOException {
        Jars.handler(folder.resolve("a.jar"), "Hello", handler("Hello", "MenuEvent.Click", "PushType.CLICK"));
        Jars.handler(folder.resolve("b.jar"), "Again", handler("Again", "MenuEvent.Click", "PushType.CLICK"));

        HandlerJars.load(folder, problems);

        assertThat(only())
                .isEqualTo(folder.resolve("b.jar")
                        + ": found Again for CLICK; expected one handler for each type, and a.jar has Hello");
    }

    @Test
    void refusesAFileThatIsNoJar() throws IOException {
        Files.writeString(folder.resolve("a.jar"), "not a jar");

        HandlerJars.load(folder, problems);

        assertThat(only()).startsWith(folder.resolve("a.jar") + ": found a file that is not a valid JAR: ");
    }

    @Test
    void refusesAJarThatNamesNoHandler() throws IOException {
        Jars.of(folder.resolve("a.jar"), "Hello", handler("Hello", "MenuEvent.Click", "PushType.CLICK"), "");

        HandlerJars.load(folder, problems);

        assertThat(only())
                .contains(
                        "found no META-INF/services/io.weir.plugin.Handler; expected that file, with the name of the");
    }

    @Test
    void refusesANameWithoutAClass() throws IOException {
        Jars.of(folder.resolve("a.jar"), "Hello", handler("Hello", "MenuEvent.Click", "PushType.CLICK"), "Helo\n");

        HandlerJars.load(folder, problems);

        assertThat(only()).contains("found a handler that cannot be made: ", "Helo", "expected a public class");
    }

    @Test
    void refusesAClassThatIsNoHandler() throws IOException {
        Jars.handler(folder.resolve("a.jar"), "Hello", "public class Hello {}");

        HandlerJars.load(folder, problems);

        assertThat(only()).contains("found a handler that cannot be made: ", "Hello");
    }

    @Test
    void refusesAHandlerWhoseConstructorThrows() throws IOException {
        String source = handler("Hello", "MenuEvent.Click", "PushType.CLICK")
                .replace("class Hello implements", "class Hello extends Base implements")
                .concat("class Base { Base() { throw new IllegalStateException(\"no luck\"); } }");
        Jars.handler(folder.resolve("a.jar"), "Hello", source);

        HandlerJars.load(folder, problems);

        assertThat(only()).contains("found a handler that cannot be made: ", "no luck");
    }

    @Test
    void refusesAHandlerOfNoType() throws IOException {
        Jars.handler(folder.resolve("a.jar"), "Hello", handler("Hello", "MenuEvent.Click", "null"));

        HandlerJars.load(folder, problems);

        assertThat(only()).contains("found Hello of no type; expected its type() to be a constant of PushType");
    }

    @Test
    void refusesAClassOfANewerJava() throws IOException {
        Path jar =
                Jars.handler(folder.resolve("a.jar"), "Hello", handler("Hello", "MenuEvent.Click", "PushType.CLICK"));
        Jars.makeNewer(jar, "Hello.class");

        HandlerJars.load(folder, problems);

        assertThat(only())
                .contains("found a handler that cannot be made: ", "class file version", "compiled for Java ");
    }

    @Test
    void keepsTheClassesOfJarsApart() throws IOException {
        Jars.handler(folder.resolve("a.jar"), "Same", handler("Same", "MenuEvent.Click", "PushType.CLICK"));
        Jars.handler(folder.resolve("b.jar"), "Same", handler("Same", "Message.Text", "PushType.TEXT"));

        List<JarHandler> handlers = HandlerJars.load(folder, problems);

        assertThat(handlers).hasSize(2);
        assertThat(handlers.get(0).handler().getClass())
                .isNotSameAs(handlers.get(1).handler().getClass());
        assertThat(handlers.stream().map(each -> (Object) each.handler().type()))
                .containsExactlyInAnyOrder(PushType.CLICK, PushType.TEXT);
    }

    static String handler(String name, String record, String type) {
        return HEAD + "public class " + name + " implements Handler<" + record + "> {"
                + "public PushType<" + record + "> type() { return " + type + "; }"
                + "public Future<Reply> handle(" + record + " push) {"
                + "return Future.succeededFuture(Reply.text(\"hello\")); } }";
    }

    private String only() {
        assertThat(problems.errors()).hasSize(1);
        return problems.errors().stream().map(Problem::text).findFirst().orElseThrow();
    }
}
