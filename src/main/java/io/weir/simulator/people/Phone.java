package io.weir.simulator.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.simulator.people.ChatLine.Origin;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.SimulatedPush;
import io.weir.simulator.push.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A person's phone with an account's chat open: what they can do there, and what they see. Any thread; a future completes
 * when WeChat has finished with every push that the action caused, and never fails for what the gateway does.
 */
public final class Phone {
    private static final Set<String> NEEDS_NEWER_CLIENT = Set.of(
            "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select");

    private final String openid;
    private final Line line;
    private final Chat chat;
    private final ClientMenu menu;
    private final AtomicInteger receiving = new AtomicInteger();
    private volatile boolean oldClient;

    Phone(String openid, Line line) {
        this.openid = openid;
        this.line = line;
        this.chat = new Chat(line.clock());
        this.menu = new ClientMenu(() -> line.menuOf(openid, oldClient), line.clock());
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
        menu.fetch();
    }

    /** Opens the chat and looks at the menu; it is fetched when the last time is more than five minutes ago. */
    public Optional<ObjectNode> menu() {
        return menu.opened();
    }

    /** Fetches the menu at once, which a real client does only after a new follow. */
    public void fetchMenu() {
        menu.fetch();
    }

    /** What stands in the chat, oldest first; the last 500 lines. */
    public List<ChatLine> chat() {
        return chat.lines();
    }

    /** Whether 消息接收中 is shown: a scancode_waitmsg has no answer yet. */
    public boolean receiving() {
        return receiving.get() > 0;
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
        Optional<ObjectNode> shown = menu.opened();
        ObjectNode found = Buttons.find(shown, button, line.nameOf(openid));
        String type = found.path("type").asText();
        if (Buttons.opensSubMenu(found) || (oldClient && NEEDS_NEWER_CLIENT.contains(type))) {
            return Future.succeededFuture(new Reaction(List.of(), List.of()));
        }
        List<ChatLine> seen = new ArrayList<>();
        TapSight.of(found, input, oldClient).forEach(sight -> seen.add(chat.add(sight.origin(), sight.text())));
        boolean waits = type.equals("scancode_waitmsg");
        receiving.addAndGet(waits ? 1 : 0);
        return deliver(line.pushesOf(found, input, openid, menuId(shown), oldClient), seen)
                .onComplete(done -> receiving.addAndGet(waits ? -1 : 0));
    }

    /**
     * Writes a text.
     *
     * @throws NotAFollowerException when the person has left
     */
    public Future<Reaction> say(String text) {
        requireFollower();
        chat.add(Origin.PERSON, text);
        return send(PushOrder.of("text").withField("Content", text));
    }

    /**
     * Sends a picture, which media/get can fetch for three days.
     *
     * @throws NotAFollowerException when the person has left
     */
    public Future<Reaction> sendPicture() {
        requireFollower();
        chat.add(Origin.PERSON, "[image]");
        String mediaId = line.storePicture();
        return send(PushOrder.of("image").withField("MediaId", mediaId).withField("PicUrl", line.urlOf(mediaId)));
    }

    /** Follows the account, after scanning the QR code of a scene if one is given; a new follow fetches the menu anew. */
    public Future<Reaction> follow(Optional<String> scene) {
        boolean already = line.follows(openid, true);
        if (!already) {
            menu.fetch();
        }
        PushOrder order = PushOrder.of(already ? "SCAN" : "subscribe");
        if (already && scene.isEmpty()) {
            return Future.succeededFuture(new Reaction(List.of(), List.of()));
        }
        return send(scene.map(order::withKey).orElse(order));
    }

    /** Leaves the account; nothing happens when the person has left already. */
    public Future<Reaction> unfollow() {
        if (!line.follows(openid, false)) {
            return Future.succeededFuture(new Reaction(List.of(), List.of()));
        }
        menu.fetch();
        return send(PushOrder.of("unsubscribe"));
    }

    /** Causes any push that comes from this person. */
    public Future<Reaction> send(PushOrder order) {
        return deliver(List.of(line.push(order.from(openid))), new ArrayList<>());
    }

    /** A customer-service message has arrived. */
    void receive(String text) {
        chat.add(Origin.CUSTOMER_SERVICE, text);
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

    /** All at once: WeChat does not wait for the answer to one push before it sends the next. */
    private Future<Reaction> deliver(List<SimulatedPush> pushes, List<ChatLine> seen) {
        List<Future<Delivered>> deliveries = new ArrayList<>();
        pushes.forEach(push -> deliveries.add(line.deliver(push, openid).onSuccess(done -> show(done, seen))));
        return Future.join(deliveries).map(all -> new Reaction(all.list(), List.copyOf(seen)));
    }

    private void show(Delivered delivered, List<ChatLine> seen) {
        Verdict verdict = delivered.verdict();
        switch (verdict.effect()) {
            case SHOWN -> seen.add(chat.add(Origin.REPLY, verdict.text()));
            case FAULT -> seen.add(chat.add(Origin.FAULT, Verdict.FAULT_NOTICE));
            case NOTHING -> {}
        }
    }
}
