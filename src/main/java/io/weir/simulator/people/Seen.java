package io.weir.simulator.people;

import io.weir.simulator.people.ChatLine.Origin;
import io.weir.simulator.people.Phone.Reaction;
import io.weir.simulator.push.Delivered;
import io.weir.simulator.push.DeliveryVerdict;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a person saw after something that they did, to be compared in a test. The checks throw {@link AssertionError} and
 * return this, so that they can be chained.
 */
public final class Seen {
    private final String who;
    private final Reaction reaction;

    Seen(String who, Reaction reaction) {
        this.who = who;
        this.reaction = reaction;
    }

    /** One reply of the account appeared, with exactly this text. */
    public Seen sees(String text) {
        List<String> replies = replies();
        return check(replies.equals(List.of(text)), "'" + text + "'");
    }

    /** Several replies appeared: one for each push of the tap, in any order. */
    public Seen seesAll(String... texts) {
        List<String> replies = replies().stream().sorted().toList();
        return check(replies.equals(List.of(texts).stream().sorted().toList()), String.join(" and ", List.of(texts)));
    }

    /** The account answered nothing, and that was right. */
    public Seen seesNothing() {
        return check(of(Origin.REPLY).isEmpty() && of(Origin.FAULT).isEmpty(), "nothing");
    }

    /** WeChat says that the account is out of order. */
    public Seen seesFaultNotice() {
        return check(!of(Origin.FAULT).isEmpty(), DeliveryVerdict.FAULT_NOTICE);
    }

    /** How often the push was delivered until it was answered. */
    public Seen afterAttempts(int expected) {
        int most = reaction.pushes().stream()
                .mapToInt(push -> push.attempts().size())
                .max()
                .orElse(0);
        return check(most == expected, expected + " attempts");
    }

    /** WeChat told the account nothing. */
    public Seen causesNoPush() {
        return check(reaction.pushes().isEmpty(), "no push");
    }

    /** The texts of the account's replies. */
    public List<String> replies() {
        return of(Origin.REPLY);
    }

    /** Everything, for the caller's own checks. */
    public Reaction reaction() {
        return reaction;
    }

    private List<String> of(Origin origin) {
        return reaction.lines().stream()
                .filter(line -> line.origin() == origin)
                .map(ChatLine::text)
                .toList();
    }

    private Seen check(boolean right, String expected) {
        if (!right) {
            throw new AssertionError("expected that " + who + " sees " + expected + ", but it was: " + this);
        }
        return this;
    }

    @Override
    public String toString() {
        String lines = reaction.lines().stream()
                .map(line -> line.origin() + " '" + line.text() + "'")
                .collect(Collectors.joining(", "));
        String pushes = reaction.pushes().stream().map(Seen::words).collect(Collectors.joining("; "));
        return (lines.isEmpty() ? "nothing in the chat" : lines) + (pushes.isEmpty() ? ", no push" : ", " + pushes);
    }

    private static String words(Delivered push) {
        return push.push().type() + " in " + push.attempts().size() + " attempts: "
                + push.verdict().effect() + " " + push.verdict().text();
    }
}
