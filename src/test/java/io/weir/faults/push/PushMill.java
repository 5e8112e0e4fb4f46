package io.weir.faults.push;

import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Makes pushes that differ from all others: of ten, seven texts, two taps on a button and one encrypted text. */
public final class PushMill {
    private static final int USERS = 5_000;
    private static final int FIRST_TAP = 7;
    private static final int ENCRYPTED = 9;
    private static final int KINDS = 10;

    private final String series;
    private final AtomicLong count = new AtomicLong();
    /** Far from those of another mill, whose users are the same. */
    private final long firstMessage = ThreadLocalRandom.current().nextLong(1L << 32, 1L << 62);

    /** @param series begins every id */
    public PushMill(String series) {
        this.series = series;
    }

    /**
     * The next of the mix.
     *
     * @param work what its handler shall do, for example {@code sleep 50}; empty for nothing
     */
    public Push next(String work) {
        long number = count.incrementAndGet();
        int kind = (int) (number % KINDS);
        boolean tap = kind >= FIRST_TAP && kind < ENCRYPTED;
        return tap ? tap(number, work) : text(number, work, kind == ENCRYPTED);
    }

    /** A plain text. */
    public Push text(String work) {
        return text(count.incrementAndGet(), work, false);
    }

    /** A tap on a button. */
    public Push tap(String work) {
        return tap(count.incrementAndGet(), work);
    }

    /**
     * A text with another sender's MsgId.
     *
     * @param number of both
     */
    public Push text(long number, String openId, String suffix) {
        return push(id(number) + suffix, openId, number, message(number, id(number) + suffix), false);
    }

    /** A tap of a sender in a given second. */
    public Push tap(long number, String openId, Instant second, String suffix) {
        String id = id(number) + suffix;
        return push(id, openId, number, event(second, "CLICK", element("EventKey", id)), false);
    }

    /** A scan by the same button in a given second. */
    public Push scan(long number, String openId, Instant second, String suffix) {
        String id = id(number) + suffix;
        String info = "<ScanCodeInfo>" + element("ScanType", "qrcode") + element("ScanResult", id) + "</ScanCodeInfo>";
        return push(id, openId, number, event(second, "scancode_push", element("EventKey", "scan") + info), false);
    }

    private Push text(long number, String work, boolean encrypted) {
        String id = id(number);
        return push(id, openId(number), number, message(number, (id + " " + work).strip()), encrypted);
    }

    private Push tap(long number, String work) {
        String id = id(number);
        String key = element("EventKey", (id + " " + work).strip());
        return push(id, openId(number), number, event(Instant.now(), "CLICK", key), false);
    }

    private Push push(String id, String openId, long number, String rest, boolean encrypted) {
        String xml = "<xml>" + element("ToUserName", Account.RIG.originalId()) + element("FromUserName", openId) + rest
                + "</xml>";
        return new Push(id, openId, xml, encrypted, number / KINDS % 2 == 0);
    }

    private String message(long number, String content) {
        return created(Instant.now()) + element("MsgType", "text") + element("Content", content) + "<MsgId>"
                + (firstMessage + number) + "</MsgId>";
    }

    private static String event(Instant second, String event, String rest) {
        return created(second) + element("MsgType", "event") + element("Event", event) + rest;
    }

    private static String created(Instant second) {
        return "<CreateTime>" + second.getEpochSecond() + "</CreateTime>";
    }

    private static String element(String name, String text) {
        return "<" + name + "><![CDATA[" + text + "]]></" + name + ">";
    }

    private String id(long number) {
        return series + "-" + number;
    }

    private static String openId(long number) {
        return "oRigUser" + number % USERS;
    }
}
