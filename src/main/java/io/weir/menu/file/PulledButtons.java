package io.weir.menu.file;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.weir.client.Json;
import io.weir.menu.file.MenuPull.FetchedMaterial;
import io.weir.menu.file.MenuPull.TemporaryMaterial;
import io.weir.wechat.menu.Button;
import io.weir.wechat.menu.SelfButton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes buttons of the API of those of the website, which have no counterpart of the same name (menu-api.md §7). */
final class PulledButtons {
    private final Map<TemporaryMaterial, MenuPull.Fetch> fetched;
    private final List<String> remarks = new ArrayList<>();
    private int texts;

    /** @param fetched material that is not in it was not looked for */
    PulledButtons(Map<TemporaryMaterial, MenuPull.Fetch> fetched) {
        this.fetched = fetched;
    }

    /** What could not be carried over. */
    List<String> remarks() {
        return List.copyOf(remarks);
    }

    ArrayNode of(List<SelfButton> buttons) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        buttons.forEach(button -> list.add(of(button)));
        return list;
    }

    private ObjectNode of(SelfButton button) {
        if (button instanceof SelfButton.SubMenu menu) {
            ObjectNode json = Json.object().put("name", menu.name());
            json.set("sub_button", of(menu.buttons()));
            return json;
        }
        if (button instanceof SelfButton.Text text) {
            return click(text);
        }
        if (button instanceof SelfButton.News news) {
            return new Button.MediaId(news.name(), news.mediaId()).toJson();
        }
        return TemporaryMaterial.ofLeaf(button)
                .map(this::media)
                .orElseGet(() -> ofApi(button.asButton().orElseThrow()));
    }

    private ObjectNode ofApi(Button button) {
        if (button instanceof Button.Other) {
            remarks.add(unknown(button));
        }
        return button.toJson();
    }

    /** That the API does not make such buttons. */
    static String unknown(Button button) {
        return "\"" + button.name() + "\" has the type \"" + button.type()
                + "\", which the API does not make: it stands here as it came, put another button in its place";
    }

    private ObjectNode click(SelfButton.Text text) {
        texts++;
        String key = "PULLED_TEXT_" + texts;
        remarks.add("\"" + text.name()
                + "\" answered with a text, which the API cannot: it is a click now. Add to the replies:"
                + "\n  CLICK: { " + key + ": { text: "
                + TextNode.valueOf(text.text().replace("{", "{{")) + " } }");
        return new Button.Click(text.name(), key).toJson();
    }

    /** A picture's file will do; of anything else only the media_id. */
    private ObjectNode media(TemporaryMaterial material) {
        ObjectNode json = new Button.MediaId(material.button(), "").toJson();
        Optional<MenuPull.Fetch> fetch = Optional.ofNullable(fetched.get(material));
        Optional<String> file = fetch.flatMap(MenuPull.Fetch::file).map(FetchedMaterial::fileName);
        if (file.isPresent() && material.kind().equals("image")) {
            json.remove("media_id");
            return json.put("image", file.get());
        }
        String show = "\"" + material.button() + "\" showed " + (material.kind().equals("image") ? "an " : "a ")
                + material.kind() + " that was made on the website. ";
        remarks.add(show
                + file.map(name -> "Store " + name + " as permanent material and write its media_id into the button")
                        .orElseGet(() -> fetch.map(failed -> "It could not be downloaded: " + failed.failure()
                                        + ". Store it as permanent material and write its media_id into the button")
                                .orElse("weir menu pull downloads it; store it as permanent material and write its"
                                        + " media_id into the button")));
        return json;
    }
}
