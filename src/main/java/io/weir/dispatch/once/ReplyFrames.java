package io.weir.dispatch.once;

import io.weir.wechat.message.ReplyWriter;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What many replies have in common, kept once: the text of a reply without its recipient and second, which are all that differs
 * between the replies of a rule without placeholders, or else without its content too. A frame is kept as long as an answer needs
 * it, and made when it is met for the second time: a text that differs each time makes none. Not for several threads at once.
 */
final class ReplyFrames {
    private static final String RECIPIENT = "<xml><ToUserName><![CDATA[";
    private static final String RECIPIENT_END = "]]></ToUserName>";
    private static final String TIME = "<CreateTime>";
    private static final String TIME_END = "</CreateTime>";
    private static final String CONTENT = "<Content><![CDATA[";
    private static final String CONTENT_END = "]]></Content></xml>";

    private static final int NONE = -1;
    /** Frame of a text that is all content. */
    private static final int PLAIN = 0;

    private static final int SUCCESS = 1;
    private static final int FIRST_FRAMES = 16;
    private static final int MAX_FRAMES = 1 << 12;
    /** Frames are looked up in sets of so many. */
    private static final int SET = 4;

    private static final int FRAME_OVERHEAD_BYTES = 200;
    private static final int MOST_BYTES_OF_A_CHARACTER = 3;

    private final long maxBytes;
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private Frame[] frames = new Frame[FIRST_FRAMES];
    private int[] users = new int[FIRST_FRAMES];
    private int made;
    /** Numbers of frames, by their hashes; 0 for none. */
    private int[] sets = {};
    /** Hashes that were met once. */
    private int[] met = {};

    private long bytes;

    /** @param maxBytes what frames may take */
    ReplyFrames(long maxBytes) {
        this.maxBytes = maxBytes;
        add(new Frame("", "", "", "", 0));
        add(new Frame(ReplyWriter.SUCCESS, "", "", "", 0));
    }

    /**
     * A text, cut up.
     *
     * @param frame number of its frame, to be {@linkplain #release released}
     * @param open what stands in no frame
     */
    record Cut(int frame, Places open) {}

    /**
     * Cuts a text up.
     *
     * @param mostBytes that may stand outside of the frame; a longer text becomes a frame of its own
     */
    Cut cut(String text, int mostBytes) {
        if (text.equals(ReplyWriter.SUCCESS)) {
            return new Cut(SUCCESS, Places.allContent(""));
        }
        boolean isShort = text.length() <= mostBytes / MOST_BYTES_OF_A_CHARACTER;
        Places places = isShort ? Places.of(text) : null;
        int number = places == null ? NONE : number(places);
        if (number == NONE && places != null) {
            places = places.withoutContent();
            number = places == null ? NONE : number(places);
        }
        if (number == NONE || places == null) {
            number = isShort ? PLAIN : add(new Frame(text, "", "", "", 0));
        }
        users[number]++;
        return number <= SUCCESS || places == null
                ? new Cut(number, Places.allContent(isShort ? text : ""))
                : new Cut(number, places);
    }

    /** Puts a text together again. */
    String text(int number, String recipient, String time, String content) {
        Frame frame = frames[number];
        return frame.head + recipient + frame.middle + time + frame.tail + content + frame.end;
    }

    /** An answer needs its frame no longer. */
    void release(int number) {
        if (--users[number] > 0 || number <= SUCCESS) {
            return;
        }
        Frame frame = frames[number];
        bytes -= frame.bytes();
        for (int i = 0; i < SET && sets.length > 0; i++) {
            int at = set(frame.hash) + i;
            sets[at] = sets[at] == number ? 0 : sets[at];
        }
        frames[number] = frames[PLAIN];
        free.push(number);
    }

    /** What they take, of the heap. */
    long bytes() {
        return bytes + (long) Integer.BYTES * (sets.length + met.length);
    }

    /** Number of the frame with these places open; {@link #NONE} when it is met for the first time, or there is no space. */
    private int number(Places places) {
        if (sets.length == 0) {
            sets = new int[MAX_FRAMES];
            met = new int[MAX_FRAMES];
        }
        int hash = places.hash();
        int free = NONE;
        for (int at = set(hash); at < set(hash) + SET; at++) {
            if (sets[at] == 0) {
                free = at;
            } else if (frames[sets[at]].hash == hash && places.fit(frames[sets[at]])) {
                return sets[at];
            }
        }
        int first = hash & (MAX_FRAMES - 1);
        if (met[first] != hash) {
            met[first] = hash;
            return NONE;
        }
        if (free == NONE || bytes >= maxBytes) {
            return NONE;
        }
        sets[free] = add(places.frame(hash));
        return sets[free];
    }

    private int add(Frame frame) {
        int number = free.isEmpty() ? made++ : free.pop();
        if (number == frames.length) {
            frames = Arrays.copyOf(frames, 2 * number);
            users = Arrays.copyOf(users, 2 * number);
        }
        frames[number] = frame;
        bytes += frame.bytes();
        return number;
    }

    private static int set(int hash) {
        return hash & (MAX_FRAMES - SET);
    }

    /** What stands before the recipient, between that and the second, up to the content, and behind it. */
    private record Frame(String head, String middle, String tail, String end, int hash) {
        /** In two bytes a character, which it seldom takes. */
        long bytes() {
            return FRAME_OVERHEAD_BYTES + 2L * (head.length() + middle.length() + tail.length() + end.length());
        }
    }

    /** Where a reply's text is cut. */
    record Places(String text, int recipient, int recipientEnd, int time, int timeEnd, int content, int contentEnd) {
        private static final int MOST_SAMPLES = 512;
        private static final int SPREAD = 0x9E3779B9;

        /** Around recipient and second; null in a text that is no reply. */
        static @Nullable Places of(String text) {
            int recipientEnd = text.startsWith(RECIPIENT) ? text.indexOf(RECIPIENT_END) : NONE;
            int time = recipientEnd < 0 ? NONE : text.indexOf(TIME, recipientEnd);
            int timeEnd = time < 0 ? NONE : text.indexOf(TIME_END, time);
            return timeEnd < 0
                    ? null
                    : new Places(
                            text,
                            RECIPIENT.length(),
                            recipientEnd,
                            time + TIME.length(),
                            timeEnd,
                            text.length(),
                            text.length());
        }

        /** Of a text that is cut nowhere. */
        static Places allContent(String text) {
            return new Places(text, 0, 0, 0, 0, 0, text.length());
        }

        /** Around its content too; null in a reply that has none. */
        @Nullable
        Places withoutContent() {
            int begin = text.indexOf(CONTENT, timeEnd);
            return begin < 0 || !text.endsWith(CONTENT_END)
                    ? null
                    : new Places(
                            text,
                            recipient,
                            recipientEnd,
                            time,
                            timeEnd,
                            begin + CONTENT.length(),
                            text.length() - CONTENT_END.length());
        }

        /** Of the characters up to the content, of a long text some. */
        int hash() {
            int length = content - timeEnd;
            int hash = (((length * SPREAD) ^ (time - recipientEnd)) * SPREAD) ^ (text.length() - contentEnd);
            int step = 1 + length / MOST_SAMPLES;
            for (int at = content - 1; at >= timeEnd; at -= step) {
                hash = 31 * hash + text.charAt(at);
            }
            hash *= SPREAD;
            return hash ^ (hash >>> 15);
        }

        boolean fit(Frame frame) {
            return frame.middle.length() == time - recipientEnd
                    && frame.tail.length() == content - timeEnd
                    && frame.end.length() == text.length() - contentEnd
                    && text.startsWith(frame.middle, recipientEnd)
                    && text.startsWith(frame.tail, timeEnd)
                    && text.startsWith(frame.end, contentEnd);
        }

        Frame frame(int hash) {
            return new Frame(
                    RECIPIENT,
                    text.substring(recipientEnd, time),
                    text.substring(timeEnd, content),
                    text.substring(contentEnd),
                    hash);
        }
    }
}
