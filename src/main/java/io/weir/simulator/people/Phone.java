package io.weir.simulator.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.simulator.chat.Content;
import io.weir.simulator.people.ChatLine.Origin;
import io.weir.simulator.platform.QrCodes.QrCode;
import io.weir.simulator.platform.QrCodes.Scene;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.DeliveryVerdict;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.SimulatedPush;
import java.io.Serial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A person's phone with an account's chat open: what they can do there, and what they see. Any thread; a future completes
 * when WeChat has finished with every push that the action caused, and never fails for what the gateway does.
 */
public final class Phone {
    private static final Set<String> NEEDS_NEWER_CLIENT = Set.of(
            "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select");

    private final String openid;
    private final Line line;
    private final Screen screen;
    private volatile boolean oldClient;

    Phone(String openid, Line line) {
        this.openid = openid;
        this.line = line;
        this.screen = new Screen(
                () -> line.menuOf(openid, oldClient),
                line.clock(),
                happening -> line.watcher().saw(openid, happening));
    }

    public String openid() {
        return openid;
    }

    /**
     * Whether the client is from before iPhone 5.4.1 and Android 5.4: it sends nothing for scan, picture and location
     * buttons, and shows the default menu only.
     */
    public void usesOldClient(boolean old) {
        oldClient = old;
        fetchMenu();
    }

    /** Opens the chat and looks at the menu; it is fetched when the last time is more than five minutes ago. */
    public Optional<ObjectNode> menu() {
        return screen.menu().opened();
    }

    /** Fetches the menu at once, which a real client does only after a new follow. */
    public void fetchMenu() {
        screen.menu().fetch();
    }

    /** When the client fetched the menu; empty: not yet. */
    public Optional<Instant> menuFetched() {
        return screen.menu().fetched();
    }

    /** What stands in the chat, oldest first; the last 500 lines. */
    public List<ChatLine> chat() {
        return screen.lines();
    }

    /** The pushes that the person caused, oldest first; the last 50. */
    public List<Sending> sendings() {
        return screen.sendings();
    }

    /** Whether 对方正在输入 is shown: the account says that it writes. */
    public boolean isTypedTo() {
        return line.isTypedTo(openid);
    }

    /** Whether 消息接收中 is shown: a scancode_waitmsg has no answer yet. */
    public boolean receiving() {
        return screen.isReceiving();
    }

    /** Opens the chat and taps a button, with what is entered where nothing is said. */
    public Future<Reaction> tap(String button) {
        return tap(button, TapInput.DEFAULT);
    }

    /**
     * Opens the chat and taps a button; a first-level one with a sub-menu only opens that.
     *
     * @param button its key, name, url, page path, media_id or article_id
     * @param input what the person enters when the button opens a dialogue
     * @throws NoSuchButtonException when the menu that the client has shows none of that name
     * @throws NotAFollowerException when the person has left
     */
    public Future<Reaction> tap(String button, TapInput input) {
        requireFollower();
        Optional<ObjectNode> shown = screen.menu().opened();
        return tap(Buttons.find(shown, button, line.nameOf(openid)), shown, input);
    }

    /**
     * Taps a button in the chat that is open already, as {@link #tap(String, TapInput)} does otherwise.
     *
     * @param position on the first level, from 0 on, and for a second-level button its place in the sub-menu
     */
    public Future<Reaction> tap(List<Integer> position, TapInput input) {
        requireFollower();
        Optional<ObjectNode> shown = screen.menu().open();
        return tap(Buttons.at(shown, position, line.nameOf(openid)), shown, input);
    }

    private Future<Reaction> tap(ObjectNode button, Optional<ObjectNode> shown, TapInput input) {
        String type = button.path("type").asText();
        if (Buttons.opensSubMenu(button) || (oldClient && NEEDS_NEWER_CLIENT.contains(type))) {
            return Future.succeededFuture(Reaction.NONE);
        }
        List<SimulatedPush> pushes = line.pushesOf(button, input, openid, menuId(shown), oldClient);
        List<ChatLine> seen = new ArrayList<>();
        line.sightOf(button, input, pushes).forEach(sight -> seen.add(screen.show(sight.origin(), sight.content())));
        if (!type.equals("scancode_waitmsg")) {
            return deliver(pushes, seen);
        }
        screen.beginReceiving();
        return deliver(pushes, seen).onComplete(done -> screen.endReceiving());
    }

    /**
     * Writes a text.
     *
     * @throws NotAFollowerException when the person has left
     */
    public Future<Reaction> say(String text) {
        return say(text, Optional.empty());
    }

    /**
     * Writes a text, or taps an entry of a message with entries, which sends its text.
     *
     * @param entry the id of that entry
     * @throws NotAFollowerException when the person has left
     */
    public Future<Reaction> say(String text, Optional<String> entry) {
        requireFollower();
        screen.show(Origin.PERSON, new Content.Text(text));
        PushOrder order = PushOrder.of("text").withField("Content", text);
        return send(entry.map(id -> order.withField("bizmsgmenuid", id)).orElse(order));
    }

    /**
     * Sends a picture, which media/get can fetch for three days.
     *
     * @throws NotAFollowerException when the person has left
     */
    public Future<Reaction> sendPicture() {
        return sendPicture(UUID.randomUUID().toString());
    }

    /**
     * Sends a picture, the same one for the same name.
     *
     * @throws NotAFollowerException when the person has left
     */
    public Future<Reaction> sendPicture(String name) {
        requireFollower();
        String mediaId = line.storePicture(name);
        screen.show(Origin.PERSON, new Content.Image(mediaId));
        return send(PushOrder.of("image").withField("MediaId", mediaId).withField("PicUrl", line.urlOf(mediaId)));
    }

    /**
     * Sends a recording, which media/get can fetch for three days.
     *
     * @param type {@code voice}, {@code video} or {@code shortvideo}
     * @throws NotAFollowerException when the person has left
     */
    public Future<Reaction> sendRecording(String type) {
        requireFollower();
        boolean voice = type.equals("voice");
        String mediaId = line.storeRecording(voice ? "voice" : "video");
        screen.show(Origin.PERSON, voice ? new Content.Voice(mediaId) : new Content.Video(mediaId, "", ""));
        PushOrder order = PushOrder.of(type).withField("MediaId", mediaId);
        return send(voice ? order : order.withField("ThumbMediaId", line.storePicture(mediaId)));
    }

    /**
     * Shares a page.
     *
     * @throws NotAFollowerException when the person has left
     */
    public Future<Reaction> sendLink(Content.Link link) {
        requireFollower();
        screen.show(Origin.PERSON, link);
        return send(PushOrder.of("link")
                .withField("Title", link.title())
                .withField("Description", link.description())
                .withField("Url", link.url()));
    }

    /**
     * Sends a place without any button.
     *
     * @throws NotAFollowerException when the person has left
     */
    public Future<Reaction> sendPlace(TapInput.Place place) {
        requireFollower();
        screen.show(Origin.PERSON, new Content.Place(place.label(), place.latitude(), place.longitude()));
        return send(PushOrder.of("location")
                .withField("Location_X", place.latitude())
                .withField("Location_Y", place.longitude())
                .withField("Scale", place.scale())
                .withField("Label", place.label()));
    }

    /**
     * Follows the account, after scanning the QR code of a scene if one is given; a new follow fetches the menu anew.
     *
     * @param scene of a code that need not have been made: digits for a number
     */
    public Future<Reaction> follow(Optional<String> scene) {
        return follow(scene.map(Phone::scene), Optional.empty());
    }

    /**
     * Scans a QR code that the account has made: follows by it, or, who follows already, is told of as SCAN.
     *
     * @param code its ticket, the URL that it says, or the link to its picture
     * @throws NoSuchCodeException when the account has not made it, or it has ended
     */
    public Future<Reaction> scan(String code) {
        QrCode seen = line.code(code)
                .orElseThrow(() -> new NoSuchCodeException("the account has no QR code '" + code
                        + "', or it has ended: qrcode/create makes one, scan its ticket or url"));
        return follow(Optional.of(seen.scene()), Optional.of(seen.ticket()));
    }

    private Future<Reaction> follow(Optional<Scene> scene, Optional<String> ticket) {
        boolean already = line.follows(openid, true);
        if (!already) {
            scene.ifPresent(by -> line.cameBy(openid, by));
            screen.followed(true);
            fetchMenu();
        }
        if (already && scene.isEmpty()) {
            return Future.succeededFuture(Reaction.NONE);
        }
        PushOrder order = PushOrder.of(already ? "SCAN" : "subscribe");
        PushOrder keyed = scene.map(by -> order.withScene(by.text())).orElse(order);
        return send(ticket.map(of -> keyed.withField("Ticket", of)).orElse(keyed));
    }

    private static Scene scene(String text) {
        return new Scene(text, text.matches("[1-9][0-9]{0,9}"));
    }

    /** Leaves the account; nothing happens when the person has left already. */
    public Future<Reaction> unfollow() {
        if (!line.follows(openid, false)) {
            return Future.succeededFuture(Reaction.NONE);
        }
        screen.followed(false);
        fetchMenu();
        return send(PushOrder.of("unsubscribe"));
    }

    /** Causes any push that comes from this person. */
    public Future<Reaction> send(PushOrder order) {
        return deliver(List.of(line.push(order.from(openid))), new ArrayList<>());
    }

    /** A customer-service message has arrived. */
    void receive(ObjectNode message) {
        screen.show(Origin.CUSTOMER_SERVICE, line.contentOf(message));
    }

    private static Optional<String> menuId(Optional<ObjectNode> menu) {
        return menu.map(shown -> shown.path("menuid").asText("")).filter(id -> !id.isEmpty());
    }

    private void requireFollower() {
        if (!line.isFollower(openid)) {
            throw new NotAFollowerException(line.nameOf(openid)
                    + " does not follow the account: who does not has no chat with it and sees no menu");
        }
    }

    /** All at once, or none of somebody who is blocked: WeChat does not wait for the answer to one push before it sends the next. */
    private Future<Reaction> deliver(List<SimulatedPush> pushes, List<ChatLine> seen) {
        if (line.isBlocked(openid)) {
            return Future.succeededFuture(new Reaction(List.of(), List.copyOf(seen)));
        }
        List<Future<Delivered>> deliveries = new ArrayList<>();
        pushes.forEach(push -> deliveries.add(deliver(push, seen)));
        return Future.join(deliveries).map(all -> new Reaction(all.list(), List.copyOf(seen)));
    }

    private Future<Delivered> deliver(SimulatedPush push, List<ChatLine> seen) {
        Screen.Track track = screen.track(push);
        return line.deliver(push, openid, track).onSuccess(track::over).onSuccess(done -> show(done.verdict(), seen));
    }

    private void show(DeliveryVerdict verdict, List<ChatLine> seen) {
        verdict.content().ifPresent(content -> seen.add(screen.show(Origin.REPLY, content)));
        if (verdict.effect() == DeliveryVerdict.Effect.FAULT) {
            seen.add(screen.show(Origin.FAULT, new Content.Notice(DeliveryVerdict.FAULT_NOTICE)));
        }
    }

    /**
     * What came of something that a person did.
     *
     * @param pushes each with its attempts, in the order in which they were sent; none for what WeChat keeps to itself
     * @param lines what appeared in the chat because of it, without what the person wrote themselves
     */
    public record Reaction(List<Delivered> pushes, List<ChatLine> lines) {
        /** Nothing, or nothing yet. */
        public static final Reaction NONE = new Reaction(List.of(), List.of());

        public Reaction {
            pushes = List.copyOf(pushes);
            lines = List.copyOf(lines);
        }
    }

    /** A person was told to tap what they do not see; the message says what there is. */
    public static final class NoSuchButtonException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        NoSuchButtonException(String message) {
            super(message);
        }
    }

    /** A person was told to scan a code that the account does not have; the message says what to do. */
    public static final class NoSuchCodeException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        NoSuchCodeException(String message) {
            super(message);
        }
    }

    /** A person was told to write or tap who does not follow the account and so has no chat with it. */
    public static final class NotAFollowerException extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        NotAFollowerException(String message) {
            super(message);
        }
    }
}
