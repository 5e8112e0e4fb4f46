package io.weir.dispatch.once;

import io.weir.wechat.message.ReplyWriter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What all instances know of a push. As text, one line for each kind, with the version of this form before it:
 *
 * <pre>
 *   1 r OWNER RENEWALS FIRST    an instance runs it; the lease counts from the last time that the row was written
 *   1 a FIRST TEXT              it has an answer, which an attempt was given
 *   1 u FIRST TEXT              it has an answer that no attempt has taken yet
 *   1 k FIRST RUNNER~ENTRY      it was acknowledged with success; an instance runs it, its reply may be sent late
 *   1 l FIRST SENDER~ENTRY      it was acknowledged, and an instance sends its reply late, or did
 * </pre>
 *
 * FIRST is when its first attempt arrived, in milliseconds since 1970. An owner's name is made anew at each start. ENTRY names what
 * was kept of the push before it was acknowledged; 0.1.0 wrote none, and reads it as a part of the name.
 */
public sealed interface Row {
    /** Version of the form. */
    String VERSION = "1 ";

    /** When the first attempt arrived, in milliseconds since 1970. */
    long firstMillis();

    /** The row as it is kept. */
    String text();

    /** What every attempt is answered from now on; empty while it is run. */
    Optional<String> answer();

    /**
     * An instance runs it.
     *
     * @param renewals how often the lease was renewed, so that no two states of a run read alike
     */
    record Running(String owner, int renewals, long firstMillis) implements Row {
        @Override
        public String text() {
            return ownedBy(owner) + renewals + " " + firstMillis;
        }

        @Override
        public Optional<String> answer() {
            return Optional.empty();
        }

        /** How the row of every run of an owner begins. */
        static String ownedBy(String owner) {
            return VERSION + "r " + owner + " ";
        }
    }

    /**
     * It has an answer.
     *
     * @param taken whether an attempt was given it
     */
    record AnsweredRow(long firstMillis, String reply, boolean taken) implements Row {
        /** The same, now that an attempt was given it. */
        AnsweredRow given() {
            return new AnsweredRow(firstMillis, reply, true);
        }

        @Override
        public String text() {
            // Copied once: it is long, and written for each push.
            return (VERSION + (taken ? "a " : "u ") + firstMillis + " ").concat(reply);
        }

        @Override
        public Optional<String> answer() {
            return Optional.of(reply);
        }
    }

    /**
     * It was acknowledged.
     *
     * @param instance who runs it, or, when its reply was sent, who does that
     * @param entry what was kept of it; empty where that is not known
     * @param sent whether its reply is being sent late, or was
     */
    record Acknowledged(long firstMillis, String instance, Optional<String> entry, boolean sent) implements Row {
        /** How the row begins whose reply nobody has sent yet. */
        static final String UNSENT = VERSION + "k ";

        private static final String ENTRY = "~";

        /** Whether that instance runs it, and nobody has sent its reply. */
        boolean isUnsentOf(String owner) {
            return !sent && instance.equals(owner);
        }

        private static Acknowledged of(long firstMillis, String name, boolean sent) {
            int end = name.indexOf(ENTRY);
            return end < 0
                    ? new Acknowledged(firstMillis, name, Optional.empty(), sent)
                    : new Acknowledged(firstMillis, name.substring(0, end), Optional.of(name.substring(end + 1)), sent);
        }

        @Override
        public String text() {
            return (sent ? VERSION + "l " : UNSENT) + firstMillis + " " + instance
                    + entry.map(ENTRY::concat).orElse("");
        }

        @Override
        public Optional<String> answer() {
            return Optional.of(ReplyWriter.SUCCESS);
        }
    }

    /** The pattern of all forms. */
    Pattern FORM = Pattern.compile(
            "1 (?:(r) ([^ ]+) ([0-9]{1,9}) ([0-9]{1,15})|([au]) ([0-9]{1,15}) (.*)|([kl]) ([0-9]{1,15}) ([^ ]+))",
            Pattern.DOTALL);

    /** Reads a row; empty when another version has written it, or another program. */
    static Optional<Row> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        if (form.group(1) != null) {
            return Optional.of(
                    new Running(form.group(2), Integer.parseInt(form.group(3)), Long.parseLong(form.group(4))));
        }
        if (form.group(5) != null) {
            return Optional.of(new AnsweredRow(
                    Long.parseLong(form.group(6)), form.group(7), form.group(5).equals("a")));
        }
        return Optional.of(Acknowledged.of(
                Long.parseLong(form.group(9)), form.group(10), form.group(8).equals("l")));
    }
}
