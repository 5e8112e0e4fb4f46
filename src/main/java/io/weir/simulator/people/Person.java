package io.weir.simulator.people;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.weir.simulator.people.Phone.Reaction;
import io.weir.simulator.push.PushOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A person in a test: like {@link Phone}, but each method blocks until WeChat has finished, three attempts of five seconds
 * included. Not for an event loop.
 */
public final class Person {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final String name;
    private final Phone phone;

    public Person(String name, Phone phone) {
        this.name = name;
        this.phone = phone;
    }

    public String openid() {
        return phone.openid();
    }

    /** What happens without waiting for its end, and everything that is not here. */
    public Phone phone() {
        return phone;
    }

    /** Taps a menu button, named by its key, name, url, page path, media_id or article_id. */
    public Seen taps(String button) {
        return seen(phone.tap(button));
    }

    /** Taps a menu button and enters something in the dialogue that it opens. */
    public Seen taps(String button, TapInput input) {
        return seen(phone.tap(button, input));
    }

    /** Writes a text. */
    public Seen says(String text) {
        return seen(phone.say(text));
    }

    /** Sends a picture. */
    public Seen sendsPicture() {
        return seen(phone.sendPicture());
    }

    /** Follows the account. */
    public Seen follows() {
        return seen(phone.follow(Optional.empty()));
    }

    /**
     * Scans a QR code that the account has made: follows by it, or, who follows already, is told of as SCAN.
     *
     * @param code its ticket, the URL that it says, or the link to its picture
     */
    public Seen scans(String code) {
        return seen(phone.scan(code));
    }

    /** The same with a code of which only the scene matters; it need not have been made. */
    public Seen scansQrCode(String scene) {
        return seen(phone.follow(Optional.of(scene)));
    }

    /** Leaves the account. */
    public Seen unfollows() {
        return seen(phone.unfollow());
    }

    /** Causes any push. */
    public Seen sends(PushOrder order) {
        return seen(phone.send(order));
    }

    /** The menu as this person's client has it. */
    public Optional<ObjectNode> menu() {
        return phone.menu();
    }

    /** What stands in the chat, oldest first. */
    public List<ChatLine> chat() {
        return phone.chat();
    }

    private Seen seen(Future<Reaction> reaction) {
        try {
            return new Seen(
                    name,
                    reaction.toCompletionStage()
                            .toCompletableFuture()
                            .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                            .join());
        } catch (CompletionException e) {
            throw new AssertionError(name + ": WeChat did not finish within " + LIMIT.toSeconds() + " s", e.getCause());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
