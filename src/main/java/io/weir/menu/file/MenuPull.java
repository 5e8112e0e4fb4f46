package io.weir.menu.file;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.weir.client.RawResponse.Media;
import io.weir.client.WeChatClient;
import io.weir.client.calls.MaterialCalls;
import io.weir.client.calls.MaterialCalls.Material;
import io.weir.client.calls.MenuCalls;
import io.weir.client.calls.TagCalls;
import io.weir.menu.diff.AccountMenus;
import io.weir.wechat.menu.LiveMenus;
import io.weir.wechat.menu.SelfButton;
import io.weir.wechat.menu.SelfMenu;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes a menu file of what is live. Any thread. Futures fail with a WeChatException. */
public final class MenuPull {
    private static final int MAX_BYTES = 12 << 20;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final Vertx vertx;
    private final MenuCalls menus;
    private final TagCalls tags;
    private final MaterialCalls material;

    public MenuPull(Vertx vertx, WeChatClient client) {
        this.vertx = vertx;
        this.menus = new MenuCalls(client);
        this.tags = new TagCalls(client);
        this.material = new MaterialCalls(client);
    }

    /**
     * The menu file of an account; empty where it has no menu. A menu of the website is without its pictures.
     *
     * @param legacy whether personalised menus that match nobody any more are kept
     */
    public Future<Optional<PulledMenus>> withoutMaterial(String account, boolean legacy) {
        return pulled(
                account, legacy, website -> Future.succeededFuture(PulledMenus.of(website, new LinkedHashMap<>())));
    }

    /**
     * The same with the temporary material of a website's menu; what could not be fetched is among the remarks.
     *
     * @param api where WeChat's API is configured to be
     */
    public Future<Optional<PulledMenus>> withMaterial(String account, boolean legacy, URI api) {
        return pulled(account, legacy, website -> ofWebsite(account, website, api));
    }

    private Future<Optional<PulledMenus>> pulled(
            String account, boolean legacy, Function<SelfMenu, Future<PulledMenus>> ofWebsite) {
        return live(account)
                .compose(live -> live.api().isEmpty()
                        ? live.website()
                                .map(website -> ofWebsite.apply(website).map(Optional::of))
                                .orElseGet(() -> Future.succeededFuture(Optional.empty()))
                        : ofApi(account, live.api(), legacy).map(Optional::of));
    }

    private Future<AccountMenus> live(String account) {
        return menus.get(account)
                .compose(api -> api.isEmpty()
                        ? menus.currentSelfMenuInfo(account).map(website -> new AccountMenus(api, inForce(website)))
                        : Future.succeededFuture(AccountMenus.of(api)));
    }

    private static Optional<SelfMenu> inForce(SelfMenu menu) {
        return Optional.of(menu)
                .filter(SelfMenu::isOpen)
                .filter(open -> !open.buttons().isEmpty());
    }

    private Future<PulledMenus> ofApi(String account, LiveMenus live, boolean legacy) {
        boolean hasTags = live.conditional().stream()
                .anyMatch(menu -> menu.matchRule().tagId().isPresent());
        return hasTags
                ? TagIds.byName(tags, account).map(ids -> PulledMenus.of(live, byId(ids), legacy))
                : Future.succeededFuture(PulledMenus.of(live, Map.of(), legacy));
    }

    private static Map<String, String> byId(Map<String, String> idsByName) {
        Map<String, String> names = new LinkedHashMap<>();
        idsByName.forEach((name, id) -> names.put(id, name));
        return names;
    }

    private Future<PulledMenus> ofWebsite(String account, SelfMenu website, URI api) {
        List<TemporaryMaterial> wanted = TemporaryMaterial.of(website);
        Future<Map<TemporaryMaterial, Fetch>> all = Future.succeededFuture(new LinkedHashMap<>());
        for (TemporaryMaterial each : wanted) {
            all = all.compose(
                    before -> fetch(account, each, before.size() + 1, api).map(fetched -> {
                        before.put(each, fetched);
                        return before;
                    }));
        }
        return all.map(fetched -> PulledMenus.of(website, fetched));
    }

    /**
     * How fetching some material went.
     *
     * @param file empty where it failed
     * @param failure why, else empty
     */
    record Fetch(Optional<FetchedMaterial> file, String failure) {}

    /** One that cannot be had keeps nobody from having the rest. */
    private Future<Fetch> fetch(String account, TemporaryMaterial wanted, int number, URI api) {
        Future<Media> media = wanted.isLink()
                ? WebFile.fetch(vertx, wanted.value(), api, MAX_BYTES, LIMIT)
                : material.getTemporary(account, wanted.value()).map(MenuPull::file);
        return media.map(found -> new Fetch(Optional.of(FetchedMaterial.of(wanted, number, found)), ""))
                .otherwise(failure -> new Fetch(Optional.empty(), String.valueOf(failure.getMessage())));
    }

    private static Media file(Material material) {
        if (material instanceof Material.File file) {
            return file.media();
        }
        throw new IllegalStateException("what came is no file");
    }

    /**
     * Temporary material that was fetched to lie beside a menu file.
     *
     * @param fileName such as {@code menu-image-1.png}: the ending is that of the bytes where they tell, else of what came
     */
    public record FetchedMaterial(String fileName, Buffer bytes) {
        private static final Map<String, String> ENDINGS = Map.of(
                "image/png", ".png",
                "image/jpeg", ".jpg",
                "image/gif", ".gif",
                "image/bmp", ".bmp",
                "audio/amr", ".amr",
                "audio/mpeg", ".mp3",
                "audio/mp3", ".mp3",
                "video/mp4", ".mp4");
        private static final Pattern ENDING = Pattern.compile(".*(\\.[A-Za-z0-9]{1,4})");

        /** @param number of all material of the menu, from 1 */
        static FetchedMaterial of(TemporaryMaterial material, int number, Media media) {
            return new FetchedMaterial("menu-" + material.kind() + '-' + number + ending(media), media.bytes());
        }

        private static String ending(Media media) {
            return ImageFile.contentType(media.bytes().getBytes())
                    .or(() -> Optional.of(media.contentType()))
                    .map(ENDINGS::get)
                    .or(() -> media.fileName()
                            .map(ENDING::matcher)
                            .filter(Matcher::matches)
                            .map(name -> name.group(1)))
                    .orElse("");
        }
    }

    /**
     * Material that a button of a menu of WeChat's website shows, and that can be fetched for three days only (menu-api.md §7).
     *
     * @param kind {@code image}, {@code voice} or {@code video}
     * @param value the media_id of an image or a voice, the link of a video; another one at each call
     * @param button what it belongs to
     */
    record TemporaryMaterial(String kind, String value, String button) {
        boolean isLink() {
            return kind.equals("video");
        }

        /** All that a menu has, each once, in the order of the screen. */
        static List<TemporaryMaterial> of(SelfMenu menu) {
            return menu.buttons().stream()
                    .flatMap(TemporaryMaterial::of)
                    .distinct()
                    .toList();
        }

        private static Stream<TemporaryMaterial> of(SelfButton button) {
            return button instanceof SelfButton.SubMenu menu
                    ? menu.buttons().stream().flatMap(TemporaryMaterial::of)
                    : ofLeaf(button).stream();
        }

        static Optional<TemporaryMaterial> ofLeaf(SelfButton button) {
            if (button instanceof SelfButton.Image image) {
                return Optional.of(new TemporaryMaterial("image", image.mediaId(), image.name()));
            }
            if (button instanceof SelfButton.Voice voice) {
                return Optional.of(new TemporaryMaterial("voice", voice.mediaId(), voice.name()));
            }
            return button instanceof SelfButton.Video video
                    ? Optional.of(new TemporaryMaterial("video", video.url(), video.name()))
                    : Optional.empty();
        }
    }
}
