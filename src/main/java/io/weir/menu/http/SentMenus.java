package io.weir.menu.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.weir.client.Json;
import io.weir.config.Node;
import io.weir.http.api.ApiProblem;
import io.weir.menu.diff.WantedMenus;
import io.weir.menu.file.AnswersCheck;
import io.weir.menu.file.MenuCheck;
import io.weir.menu.file.MenuFile;
import io.weir.menu.file.MenuFileReader;
import io.weir.menu.file.MenuFinding;
import io.weir.menu.file.MenuText;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.LiveMenus.ConditionalMenu;
import io.weir.wechat.menu.MenuJson;
import io.weir.wechat.menu.MenuValidator;
import io.weir.wechat.menu.Violation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Menus that came over HTTP, judged as those of a file are. Pictures cannot be named in them: they would be read from this
 * machine's disk.
 *
 * @param file empty where its structure has an error
 * @param isReadable whether there was anything to judge
 */
record SentMenus(Optional<MenuFile> file, List<MenuFinding> findings, boolean isReadable) {
    private static final Path BODY = Path.of("body");
    private static final Path JSON = Path.of("body.json");

    SentMenus {
        findings = List.copyOf(findings);
    }

    /**
     * Reads them away from the event loop.
     *
     * @param answers what an account answers at the moment
     */
    record Reader(Vertx vertx, Function<String, AnswersCheck> answers) {
        /** A menu file, YAML or JSON. */
        Future<SentMenus> file(String account, Buffer body) {
            return read(account, BODY, body, Mode.FILE);
        }

        /** The body of menu/create. */
        Future<SentMenus> standard(String account, Buffer body) {
            return read(account, JSON, body, Mode.DEFAULT_MENU);
        }

        /** The body of menu/addconditional; fails as {@link SentConditional#read} does. */
        Future<SentConditional> personalised(String account, Buffer body) {
            AnswersCheck check = answers.apply(account);
            return vertx.executeBlocking(() -> SentConditional.read(body, check), false);
        }

        private Future<SentMenus> read(String account, Path name, Buffer body, Mode mode) {
            AnswersCheck check = answers.apply(account);
            return vertx.executeBlocking(() -> SentMenus.read(name, body.getBytes(), mode, check), false);
        }
    }

    private enum Mode {
        FILE,
        DEFAULT_MENU
    }

    private static SentMenus read(Path name, byte[] bytes, Mode mode, AnswersCheck answers) {
        List<MenuFinding> findings = new ArrayList<>();
        Optional<MenuText> text = MenuText.read(name.toString(), bytes, findings);
        if (text.isEmpty()) {
            return new SentMenus(Optional.empty(), findings, false);
        }
        Optional<MenuFinding> tooMany = text.get().tooMany();
        if (tooMany.isPresent()) {
            return new SentMenus(Optional.empty(), List.of(tooMany.get()), true);
        }
        refusePictures(text.get(), findings);
        if (mode == Mode.DEFAULT_MENU) {
            refusePersonalised(text.get(), findings);
        }
        return findings.isEmpty() ? judged(name, text.get(), answers) : new SentMenus(Optional.empty(), findings, true);
    }

    private static SentMenus judged(Path name, MenuText text, AnswersCheck answers) {
        MenuFileReader.ReadFile reading = MenuFileReader.read(name, text);
        List<MenuFinding> findings = new ArrayList<>(reading.findings());
        reading.file().ifPresent(file -> findings.addAll(new MenuCheck(false, answers).check(file)));
        return new SentMenus(reading.file(), findings, true);
    }

    private static void refusePictures(MenuText text, List<MenuFinding> findings) {
        text.nodes().forEach((path, node) -> {
            Set<String> keys = node instanceof Node.Mapping map ? map.entries().keySet() : Set.of();
            if (keys.contains("image") && (keys.contains("name") || keys.contains("type"))) {
                findings.add(MenuFinding.error(
                        text.at(MenuText.join(path, "image")),
                        "image names a file, and a file cannot be sent with a menu",
                        "write the media_id of permanent material; weir menu apply uploads pictures"));
            }
        });
    }

    private static void refusePersonalised(MenuText text, List<MenuFinding> findings) {
        if (text.tree().has("conditional")) {
            findings.add(MenuFinding.error(
                    text.at("conditional"),
                    "this takes the default menu alone, as menu/create does",
                    "send a whole menu file to menu/file, one personalised menu to menu/conditional"));
        }
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(MenuFinding::isError);
    }

    /**
     * The menus, which have no error.
     *
     * @throws ApiProblem 400 where nothing could be read, 422 where WeChat would refuse them or a key has no answer
     */
    MenuFile require() {
        requireWith(Json.object());
        return file.orElseThrow(() -> new IllegalStateException("no menus and no error"));
    }

    /** The same check; the problem has these members, too. */
    void requireWith(ObjectNode more) {
        if (hasErrors()) {
            throw MenuProblems.of(findings, isReadable ? 422 : 400, more);
        }
    }

    /** A personalised menu that came over HTTP: the body of menu/addconditional. */
    static final class SentConditional {
        private final MenuText text;
        private final List<MenuFinding> unanswered;

        private SentConditional(MenuText text, AnswersCheck answers) {
            this.text = text;
            this.unanswered = answers.unanswered(new WantedMenus(menu().menu(), List.of())).stream()
                    .map(this::finding)
                    .toList();
        }

        /**
         * Reads it and judges it by itself.
         *
         * @throws io.weir.http.api.ApiProblem 400 where it cannot be read, 422 where it breaks rules
         */
        static SentConditional read(Buffer sent, AnswersCheck answers) {
            List<MenuFinding> findings = new ArrayList<>();
            MenuText text =
                    MenuText.json("", sent.getBytes(), findings).orElseThrow(() -> MenuProblems.of(findings, 400));
            text.tooMany().ifPresent(finding -> {
                throw MenuProblems.of(List.of(finding), 422);
            });
            SentConditional read = new SentConditional(text, answers);
            read.require(MenuValidator.ofToday().conditionalMenu(text.tree()));
            return read;
        }

        ConditionalMenu menu() {
            return MenuJson.conditionalMenu(text.tree());
        }

        /**
         * Judges it together with those that are live: that there is a default menu, and the domains of all.
         *
         * @throws io.weir.http.api.ApiProblem 422
         */
        void requireFit(LiveMenus live) {
            require(MenuValidator.ofToday().addition(text.tree(), live));
        }

        private void require(List<Violation> violations) {
            List<MenuFinding> findings = Stream.concat(
                            violations.stream().map(each -> MenuFinding.of(text.at(each.path()), each)),
                            unanswered.stream())
                    .toList();
            if (findings.stream().anyMatch(MenuFinding::isError)) {
                throw MenuProblems.of(findings, 422);
            }
        }

        private MenuFinding finding(AnswersCheck.Unanswered button) {
            return MenuFinding.error(
                    text.at(button.path()),
                    "nobody answers the key \"" + button.key() + "\"",
                    "add it to the replies, or a default, in the section "
                            + button.type().wireName());
        }
    }
}
