package io.weir.wechat.message;

import io.weir.wechat.xml.XmlElement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * An element that a record reads, as its constructor asks for it: what describes a kind of push to others.
 *
 * @param name WeChat's name of the element
 * @param required whether a push without an element of exactly that name is {@link Unknown}
 * @param fields what is read of the elements inside, of an {@link Kind#OBJECT} and a list
 */
public record PushField(String name, Kind kind, boolean required, List<PushField> fields) {
    public PushField {
        fields = List.copyOf(fields);
    }

    /** What a field holds. */
    public enum Kind {
        TEXT,
        INTEGER,
        DECIMAL,
        /** Seconds since 1970. */
        TIME,
        /** Any number of whole numbers, an element each. */
        INTEGERS,
        OBJECT,
        /** Any number of elements. */
        LIST,
        /** The same, at any depth. */
        LIST_WITHIN
    }

    /** What the record of a kind reads beside the {@link Head}; nothing for {@link PushType#UNKNOWN}. */
    public static List<PushField> of(PushType<?> type) {
        Recorder recorder = new Recorder();
        if (type != PushType.UNKNOWN) {
            type.read(recorder);
        }
        return recorder.fields();
    }

    /** Gives a value of its type for whatever it is asked for, and notes that. */
    private static final class Recorder extends PushFields {
        private static final Head NOBODY = new Head("", "", "", Instant.EPOCH);
        private static final XmlElement NOTHING = new XmlElement("xml", "", List.of());

        private final List<Asked> asked = new ArrayList<>();
        private final Set<String> inAnyCase = new HashSet<>();

        private record Asked(String name, Kind kind, boolean required, Optional<Recorder> inside) {
            PushField field() {
                return new PushField(
                        name, kind, required, inside.map(Recorder::fields).orElse(List.of()));
            }
        }

        Recorder() {
            super(NOBODY, NOTHING);
        }

        List<PushField> fields() {
            return asked.stream().map(Asked::field).distinct().toList();
        }

        private <T> T note(String name, Kind kind, boolean required, T value) {
            asked.add(new Asked(name, kind, required && !inAnyCase.contains(name), Optional.empty()));
            return value;
        }

        private Recorder inside(String name, Kind kind, boolean required) {
            Recorder inside = new Recorder();
            asked.add(new Asked(name, kind, required, Optional.of(inside)));
            return inside;
        }

        /** Such a field may have another name, so none is required. */
        @Override
        public String anyCase(String name) {
            inAnyCase.add(name);
            return name;
        }

        @Override
        public String text(String name) {
            return note(name, Kind.TEXT, true, "");
        }

        @Override
        public Optional<String> optional(String name) {
            return note(name, Kind.TEXT, false, Optional.empty());
        }

        @Override
        public String textOrEmpty(String name) {
            return note(name, Kind.TEXT, false, "");
        }

        @Override
        public String id(String name) {
            return note(name, Kind.TEXT, true, "0");
        }

        @Override
        public Optional<String> optionalId(String name) {
            return note(name, Kind.TEXT, false, Optional.empty());
        }

        @Override
        public int integer(String name) {
            return note(name, Kind.INTEGER, true, 0);
        }

        @Override
        public OptionalInt optionalInteger(String name) {
            return note(name, Kind.INTEGER, false, OptionalInt.empty());
        }

        @Override
        public List<Integer> integers(String name) {
            return note(name, Kind.INTEGERS, false, List.of());
        }

        @Override
        public BigDecimal decimal(String name) {
            return note(name, Kind.DECIMAL, true, BigDecimal.ZERO);
        }

        @Override
        public Instant time(String name) {
            return note(name, Kind.TIME, true, Instant.EPOCH);
        }

        @Override
        public PushFields child(String name) {
            return inside(name, Kind.OBJECT, true);
        }

        @Override
        public Optional<PushFields> optionalChild(String name) {
            return Optional.of(inside(name, Kind.OBJECT, false));
        }

        @Override
        public List<PushFields> all(String name) {
            return List.of(inside(name, Kind.LIST, false));
        }

        @Override
        public List<PushFields> allWithin(String name) {
            return List.of(inside(name, Kind.LIST_WITHIN, false));
        }
    }
}
