package io.weir.simulator.people;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.simulator.chat.Content;
import io.weir.simulator.people.PhoneEvent.Watcher;
import io.weir.simulator.people.TapPushes.TapSight;
import io.weir.simulator.platform.Follower;
import io.weir.simulator.platform.Materials;
import io.weir.simulator.platform.Menus.SeenMenu;
import io.weir.simulator.platform.Platform;
import io.weir.simulator.platform.PlatformAccount;
import io.weir.simulator.platform.QrCodes.QrCode;
import io.weir.simulator.platform.QrCodes.Scene;
import io.weir.simulator.platform.Windows.Trigger;
import io.weir.simulator.push.Courier;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.Delivered.DeliveryProgress;
import io.weir.simulator.push.Handling;
import io.weir.simulator.push.PushFactory;
import io.weir.simulator.push.PushOrder;
import io.weir.simulator.push.SimulatedAccount;
import io.weir.simulator.push.SimulatedPush;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What connects the phones of an account's people with WeChat: the account's state on one side, the delivery of pushes on
 * the other. Any thread.
 *
 * @param pushes what both sides know of the account now
 * @param target where the account has its pushes sent
 * @param watcher is told what happens on the phones
 */
record Line(
        Platform platform,
        PlatformAccount account,
        Supplier<SimulatedAccount> pushes,
        Supplier<URI> target,
        PushFactory factory,
        Courier courier,
        Watcher watcher) {
    private static final String TICKET = "showqrcode?ticket=";

    Clock clock() {
        return platform.clock();
    }

    String nameOf(String openid) {
        return platform.exclusively(
                () -> account.followers().find(openid).map(Follower::nickname).orElse(openid));
    }

    /** What this person's client gets when it asks for the menu; old ones know no personalised menus. */
    Optional<ObjectNode> menuOf(String openid, boolean oldClient) {
        return platform.exclusively(() -> account.followers()
                .find(openid)
                .filter(Follower::subscribed)
                .flatMap(person -> oldClient
                        ? account.menus().byDefault()
                        : account.menus().seenBy(person))
                .map(Line::json));
    }

    private static ObjectNode json(SeenMenu menu) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("button", menu.button());
        return json.put("menuid", menu.menuid());
    }

    /** The pushes of a tap. */
    List<SimulatedPush> pushesOf(
            ObjectNode button, TapInput input, String openid, Optional<String> menuId, boolean oldClient) {
        boolean pageInstead = oldClient && button.path("type").asText().equals("miniprogram");
        return pageInstead
                ? List.of()
                : platform.exclusively(() ->
                        new TapPushes(factory, pushes.get(), account.materials()).of(button, input, openid, menuId));
    }

    SimulatedPush push(PushOrder order) {
        return factory.create(order, pushes.get());
    }

    /** @param name of the picture, the same one for the same name */
    String storePicture(String name) {
        return platform.exclusively(() -> account.materials().storeFromUser("image", Materials.picture(name)));
    }

    /** @param kind {@code voice} or {@code video} */
    String storeRecording(String kind) {
        return platform.exclusively(() -> account.materials().storeFromUser(kind, Materials.recording(kind)));
    }

    boolean isTypedTo(String openid) {
        return platform.exclusively(() -> account.customerMessages().isTyping(openid));
    }

    /** What the person sees of a tap at once. */
    List<TapSight> sightOf(ObjectNode button, TapInput input, List<SimulatedPush> pushes) {
        return platform.exclusively(() -> TapSight.of(button, input, pushes, materials()));
    }

    /** What the person sees of a customer-service message. */
    Content contentOf(ObjectNode message) {
        return platform.exclusively(() -> ReceivedMessage.of(message, materials()));
    }

    private MaterialSight materials() {
        return new MaterialSight(account.materials());
    }

    /** Makes a person follow or leave; whether they followed before. */
    boolean follows(String openid, boolean now) {
        return platform.exclusively(() -> {
            Follower person = account.followers().find(openid).orElseGet(() -> Follower.of(openid, openid));
            account.followers().put(person.subscribed(now));
            return person.subscribed();
        });
    }

    /** The code of the account that a camera sees: by its ticket, the URL that it says, or the link to its picture. */
    Optional<QrCode> code(String seen) {
        int ticket = seen.indexOf(TICKET);
        String found = ticket < 0
                ? seen
                : URLDecoder.decode(seen.substring(ticket + TICKET.length()).split("&", 2)[0], StandardCharsets.UTF_8);
        return platform.exclusively(() -> account.qrCodes().find(found));
    }

    /** A person who has just followed did so through a QR code. */
    void cameBy(String openid, Scene scene) {
        platform.exclusively(() -> {
            account.followers().cameBy(openid, scene);
            return openid;
        });
    }

    /** Whether the account has blocked the person: what they do is not pushed. */
    boolean isBlocked(String openid) {
        return platform.exclusively(() -> account.followers().isBlocked(openid));
    }

    boolean isFollower(String openid) {
        return platform.exclusively(() ->
                account.followers().find(openid).filter(Follower::subscribed).isPresent());
    }

    /** Where a browser finds what a person has sent. */
    String urlOf(String mediaId) {
        return account.materials().url(mediaId).toString();
    }

    /** Opens the right to write to the person, where the push grants one, and delivers. */
    Future<Delivered> deliver(SimulatedPush push, String openid, DeliveryProgress progress) {
        platform.exclusively(() -> {
            trigger(push).ifPresent(trigger -> account.customerMessages().opened(openid, trigger));
            return openid;
        });
        return courier.deliver(push, pushes.get(), target.get(), Handling.LIKE_WECHAT, progress);
    }

    /** A text that a tap on a msgmenu's entry has sent is no message of the person (token-and-server-api.md §8). */
    private static Optional<Trigger> trigger(SimulatedPush push) {
        return push.value("bizmsgmenuid").isEmpty()
                ? Trigger.of(push.type(), push.kind().event())
                : Optional.of(Trigger.MENU_CLICK);
    }
}
