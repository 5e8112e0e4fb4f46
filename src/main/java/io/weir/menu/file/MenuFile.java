package io.weir.menu.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.weir.client.calls.MaterialCalls.Upload;
import io.weir.config.Nearest;
import io.weir.config.Place;
import io.weir.menu.diff.WantedMenus;
import io.weir.wechat.menu.Menu;
import io.weir.wechat.menu.MenuJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A menu file whose structure is sound; whether WeChat would take its menus is for {@link MenuCheck} to say. Tags may still be
 * names, and pictures stand with a {@linkplain MenuImage#placeholder placeholder} for their media_id.
 */
public final class MenuFile {
    /** Any digits will do to check the rest of a rule. */
    private static final String UNKNOWN_TAG = "0";

    private final MenuText text;
    private final List<MenuImage> images;

    MenuFile(MenuText text, List<MenuImage> images) {
        this.text = text;
        this.images = List.copyOf(images);
    }

    /** What the file says, in its order; not to be changed. */
    public ObjectNode tree() {
        return text.tree();
    }

    /** What has to be permanent material before the menus can be published; each picture once. */
    public List<MenuImage> images() {
        return images;
    }

    /** The tags that the file names, each once. */
    public Set<String> tagNames() {
        return text.tree().path("conditional").properties().stream()
                .flatMap(each -> tagName(each.getValue()).stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Names of tags that the account does not have. */
    public List<MenuFinding> unknownTags(Map<String, String> tagIds) {
        List<MenuFinding> unknown = new ArrayList<>();
        text.tree()
                .path("conditional")
                .properties()
                .forEach(each -> tagName(each.getValue())
                        .filter(name -> !tagIds.containsKey(name))
                        .ifPresent(name -> unknown.add(MenuFinding.error(
                                at("conditional." + each.getKey() + ".matchrule.tag"),
                                "the account has no tag \"" + name + "\"",
                                Nearest.of(name, tagIds.keySet())
                                        .map(near -> "did you mean \"" + near + "\"?")
                                        .orElse("make it, or write tag_id")))));
        return unknown;
    }

    /**
     * What the account is to have.
     *
     * @param tagIds by name
     * @param mediaIds by {@link MenuImage#sha256}
     * @return with the tags and pictures that are not there among {@link WantedMenus#missing}
     */
    public WantedMenus wanted(Map<String, String> tagIds, Map<String, String> mediaIds) {
        List<WantedMenus.Named> named = new ArrayList<>();
        bodies(tagIds, mediaIds)
                .forEach((name, body) -> named.add(new WantedMenus.Named(name, MenuJson.conditionalMenu(body))));
        return new WantedMenus(standard(mediaIds), named, missing(tagIds, mediaIds));
    }

    private List<String> missing(Map<String, String> tagIds, Map<String, String> mediaIds) {
        Stream<String> pictures = images.stream()
                .filter(image -> !mediaIds.containsKey(image.sha256()))
                .map(image -> "the media_id of " + image.file() + ", which apply uploads first (" + image.placeholder()
                        + " stands for it)");
        Stream<String> tags = tagNames().stream()
                .filter(name -> !tagIds.containsKey(name))
                .map(name -> "the id of the tag \"" + name + '"');
        return Stream.concat(pictures, tags).toList();
    }

    /** The same with stand-ins for tags and pictures: what can be said without network. */
    WantedMenus draft() {
        return wanted(Map.of(), Map.of());
    }

    private Menu standard(Map<String, String> mediaIds) {
        ObjectNode body = text.tree().deepCopy();
        putMediaIds(body, mediaIds);
        return MenuJson.menu(body);
    }

    /** The body of menu/create with stand-ins, as it is in the file. */
    JsonNode standardBody() {
        ObjectNode body = text.tree().deepCopy();
        body.remove("conditional");
        return body;
    }

    /** Bodies of menu/addconditional with stand-ins, as they are in the file. */
    Map<String, ObjectNode> conditionalBodies() {
        return bodies(Map.of(), Map.of());
    }

    private Map<String, ObjectNode> bodies(Map<String, String> tagIds, Map<String, String> mediaIds) {
        Map<String, ObjectNode> bodies = new LinkedHashMap<>();
        text.tree().path("conditional").properties().forEach(each -> {
            ObjectNode body = each.getValue().deepCopy();
            tagName(body).ifPresent(name -> putTag(body, tagIds.getOrDefault(name, UNKNOWN_TAG)));
            putMediaIds(body, mediaIds);
            bodies.put(each.getKey(), body);
        });
        return bodies;
    }

    private static void putTag(ObjectNode body, String id) {
        ObjectNode rule = (ObjectNode) body.path("matchrule");
        rule.remove("tag");
        rule.put("tag_id", id);
    }

    private void putMediaIds(JsonNode tree, Map<String, String> mediaIds) {
        images.stream()
                .filter(image -> mediaIds.containsKey(image.sha256()))
                .forEach(image -> replace(tree, image.placeholder(), mediaIds.getOrDefault(image.sha256(), "")));
    }

    private static void replace(JsonNode tree, String placeholder, String mediaId) {
        if (tree instanceof ObjectNode object
                && object.path("media_id").asText().equals(placeholder)) {
            object.put("media_id", mediaId);
        }
        tree.forEach(child -> replace(child, placeholder, mediaId));
    }

    private static Optional<String> tagName(JsonNode body) {
        return Optional.of(body.path("matchrule").path("tag"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    /** Where in the file a path of the validator is. */
    Place at(String path) {
        return text.at(path);
    }

    /**
     * A picture that a button of a menu file shows and that is to be permanent material: uploaded once, however many buttons and
     * files show it.
     *
     * @param sha256 of its bytes, in hexadecimal: what tells whether it was uploaded before
     * @param contentType such as {@code image/png}
     */
    public record MenuImage(Path file, String sha256, String contentType) {
        private static final int PLACEHOLDER_DIGITS = 40;

        /** Stands for the media_id as long as there is none. */
        public String placeholder() {
            return "image-" + sha256.substring(0, PLACEHOLDER_DIGITS);
        }

        /**
         * What to upload. Blocks.
         *
         * @throws IOException when the file has gone
         */
        public Upload upload() throws IOException {
            Path name = file.getFileName();
            return new Upload(String.valueOf(name), contentType, Buffer.buffer(Files.readAllBytes(file)));
        }
    }
}
