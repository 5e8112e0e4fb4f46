package io.weir.wechat.menu;

import java.util.List;
import java.util.Optional;

/** A button as get_current_selfmenu_info tells it: of the API, or of a type that only WeChat's website makes (menu-api.md §7). */
public sealed interface SelfButton {
    String name();

    /** The same for menu/create; empty when a type of the website has no counterpart there. */
    default Optional<Button> asButton() {
        return Optional.empty();
    }

    /** Without ids and links that are valid for 3 days and differ at every call. */
    default SelfButton withoutTemporaryValues() {
        return this;
    }

    /** A button that does what one of the API does; {@code view} is made by both. Never a {@link Button.SubMenu}. */
    record OfApi(Button button) implements SelfButton {
        @Override
        public String name() {
            return button.name();
        }

        @Override
        public Optional<Button> asButton() {
            return Optional.of(button);
        }
    }

    /** A first-level button that opens others. */
    record SubMenu(String name, List<SelfButton> buttons) implements SelfButton {
        public SubMenu {
            buttons = List.copyOf(buttons);
        }

        @Override
        public Optional<Button> asButton() {
            return new SelfMenu(true, buttons).asMenu().map(menu -> new Button.SubMenu(name, menu.buttons()));
        }

        @Override
        public SelfButton withoutTemporaryValues() {
            return new SubMenu(
                    name,
                    buttons.stream().map(SelfButton::withoutTemporaryValues).toList());
        }
    }

    /** {@code text}: WeChat answers with a text. */
    record Text(String name, String text) implements SelfButton {}

    /**
     * {@code img} or {@code photo}: WeChat answers with an image.
     *
     * @param mediaId temporary
     */
    record Image(String name, String mediaId) implements SelfButton {
        @Override
        public SelfButton withoutTemporaryValues() {
            return new Image(name, "");
        }
    }

    /**
     * {@code voice}: WeChat answers with a voice.
     *
     * @param mediaId temporary
     */
    record Voice(String name, String mediaId) implements SelfButton {
        @Override
        public SelfButton withoutTemporaryValues() {
            return new Voice(name, "");
        }
    }

    /**
     * {@code video}: WeChat answers with a video.
     *
     * @param url where to download it, temporary
     */
    record Video(String name, String url) implements SelfButton {
        @Override
        public SelfButton withoutTemporaryValues() {
            return new Video(name, "");
        }
    }

    /**
     * {@code news}: WeChat answers with articles.
     *
     * @param mediaId permanent
     */
    record News(String name, String mediaId, List<Article> articles) implements SelfButton {
        public News {
            articles = List.copyOf(articles);
        }
    }

    /**
     * An article of {@link News}.
     *
     * @param sourceUrl empty when it has no link to an original
     */
    record Article(
            String title,
            String author,
            String digest,
            boolean showCover,
            String coverUrl,
            String contentUrl,
            String sourceUrl) {}
}
