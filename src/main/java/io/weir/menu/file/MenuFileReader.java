package io.weir.menu.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weir.config.Nearest;
import io.weir.menu.file.MenuFile.MenuImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a menu file, YAML or JSON: {@code button} is the default menu exactly as in menu/create, {@code conditional} has the
 * personalised ones by name. Blocks: it looks at the pictures that the file names.
 */
public final class MenuFileReader {
    private static final List<String> ROOT = List.of("button", "conditional");
    private static final List<String> PERSONALISED = List.of("button", "matchrule");
    private static final String PULL = "weir menu pull writes a menu file from what is live";

    private final Path path;
    private final MenuText text;
    private final List<MenuFinding> findings;
    private final Map<String, MenuImage> images = new LinkedHashMap<>();

    private MenuFileReader(Path path, MenuText text, List<MenuFinding> findings) {
        this.path = path;
        this.text = text;
        this.findings = findings;
    }

    /**
     * A file that was read.
     *
     * @param file empty when there is an error
     * @param findings what is wrong with its structure, all at once
     */
    public record ReadFile(Optional<MenuFile> file, List<MenuFinding> findings) {
        public ReadFile {
            findings = List.copyOf(findings);
        }
    }

    /**
     * Reads the text of a menu file.
     *
     * @param path where the text is from: pictures are looked for beside it, and findings name it so
     */
    public static ReadFile read(Path path, byte[] bytes) {
        List<MenuFinding> findings = new ArrayList<>();
        return MenuText.read(path.toString(), bytes, findings)
                .map(text -> read(path, text))
                .orElseGet(() -> new ReadFile(Optional.empty(), findings));
    }

    public static ReadFile read(Path path, MenuText text) {
        List<MenuFinding> findings = new ArrayList<>();
        MenuFile file = new MenuFileReader(path, text, findings).read();
        return new ReadFile(
                findings.stream().anyMatch(MenuFinding::isError) ? Optional.empty() : Optional.of(file), findings);
    }

    private MenuFile read() {
        checkKeys(text.tree(), "", ROOT);
        pictures(text.tree().path("button"), "button");
        JsonNode conditional = text.tree().path("conditional");
        if (conditional.isObject()) {
            conditional.properties().forEach(each -> personalised("conditional." + each.getKey(), each.getValue()));
        } else if (!conditional.isMissingNode() && !conditional.isNull()) {
            error(
                    "conditional",
                    "found " + kind(conditional) + "; expected menus by name",
                    "write conditional: { NAME: { … } }");
        }
        return new MenuFile(text, List.copyOf(images.values()));
    }

    private void personalised(String at, JsonNode menu) {
        if (!menu.isObject()) {
            error(at, "found " + kind(menu) + "; expected button and matchrule", "");
            return;
        }
        checkKeys(menu, at, PERSONALISED);
        pictures(menu.path("button"), at + ".button");
        JsonNode rule = menu.path("matchrule");
        JsonNode tag = rule.path("tag");
        if (tag.isMissingNode()) {
            return;
        }
        if (!tag.isTextual() || tag.asText().isBlank()) {
            error(
                    at + ".matchrule.tag",
                    "found " + kind(tag) + "; expected the name of a tag",
                    "write tag_id for an id");
        }
        if (rule.has("tag_id") || rule.has("group_id")) {
            error(at + ".matchrule.tag", "found a tag's name and its id; expected one of them", "remove one");
        }
    }

    private void checkKeys(JsonNode object, String at, List<String> known) {
        for (Map.Entry<String, JsonNode> each : object.properties()) {
            if (!known.contains(each.getKey())) {
                error(
                        MenuText.join(at, each.getKey()),
                        "found an unknown key; expected " + String.join(" or ", known),
                        hint(each.getKey(), known));
            }
        }
    }

    private static String hint(String key, List<String> known) {
        return switch (key) {
            case "menu", "conditionalmenu", "selfmenu_info", "is_menu_open" -> "this is an answer of WeChat's; " + PULL;
            case "menuid" -> "remove it: WeChat gives a new one each time";
            case "matchrule" -> "a menu with a rule goes below conditional: { NAME: … }";
            default ->
                Nearest.of(key, known)
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElse("");
        };
    }

    private void pictures(JsonNode buttons, String at) {
        for (int index = 0; index < buttons.size(); index++) {
            String here = at + '[' + index + ']';
            if (buttons.get(index) instanceof ObjectNode button) {
                if (button.has("image")) {
                    picture(button, here);
                }
                pictures(button.path("sub_button"), here + ".sub_button");
            }
        }
    }

    /** Puts a stand-in for the media_id in its place, so that the rest can be checked as usual. */
    private void picture(ObjectNode button, String at) {
        JsonNode name = button.remove("image");
        String where = at + ".image";
        if (!button.path("type").asText().equals("media_id")) {
            error(where, "image stands for the media_id of a button of type media_id", "write type: media_id");
        } else if (button.has("media_id")) {
            error(where, "found an image and a media_id; expected one of them", "remove one");
        } else if (!name.isTextual()) {
            error(where, "found " + kind(name) + "; expected the path of a picture", "");
        } else {
            ImageFile.Look look = ImageFile.at(path, name.asText());
            look.image()
                    .ifPresentOrElse(
                            image -> images.putIfAbsent(image.sha256(), image),
                            () -> error(where, "found " + look.fault(), look.hint()));
            look.image().ifPresent(image -> button.put("media_id", image.placeholder()));
        }
    }

    private void error(String at, String message, String hint) {
        findings.add(MenuFinding.error(text.at(at), message, hint));
    }

    private static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case NULL, MISSING -> "nothing";
            default -> '"' + node.asText() + '"';
        };
    }
}
