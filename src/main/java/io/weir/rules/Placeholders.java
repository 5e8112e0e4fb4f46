package io.weir.rules;

import io.weir.wechat.message.Push;
import io.weir.wechat.message.PushType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The placeholders that templates for one kind of push may use: the accessors of its record, by name.
 *
 * @param kind what the templates are for, in a message
 * @param record of the pushes, or what they have in common
 * @param byName sorted
 * @param literal whether a brace is a brace, and there are none
 */
record Placeholders(String kind, Class<? extends Push> record, Map<String, Placeholder> byName, boolean literal) {
    /** Is no field: what it gives is there under the field's own name, such as eventKey, scene or content. */
    private static final Set<String> NO_FIELDS = Set.of("answerKey", "toString", "hashCode");

    private static final Map<Type, Function<Object, String>> WRITERS = Map.of(
            String.class, Object::toString,
            int.class, Object::toString,
            Integer.class, Object::toString,
            long.class, Object::toString,
            Long.class, Object::toString,
            BigDecimal.class, value -> ((BigDecimal) value).toPlainString(),
            Instant.class, value -> Long.toString(((Instant) value).getEpochSecond()),
            OptionalInt.class, value -> writtenOrEmpty((OptionalInt) value));

    static Placeholders of(PushType<?> type) {
        return of(type.wireName(), type.record());
    }

    /** Those that every kind has. */
    static Placeholders common() {
        return of("every kind of push", Push.class);
    }

    /** For texts in which every character stands for itself. */
    static Placeholders none(PushType<?> type) {
        return new Placeholders(type.wireName(), type.record(), Map.of(), true);
    }

    private static Placeholders of(String kind, Class<? extends Push> record) {
        Map<String, Placeholder> byName = new TreeMap<>();
        for (Method method : record.getMethods()) {
            if (isField(method)) {
                writer(method.getGenericReturnType())
                        .ifPresent(writer -> byName.put(method.getName(), new Placeholder(method, writer)));
            }
        }
        return new Placeholders(kind, record, byName, false);
    }

    /** Whether a push of this kind has a key to choose a reply by. */
    static boolean hasKey(PushType<?> type) {
        try {
            return type.record().getMethod("answerKey").getDeclaringClass() != Push.class;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean areOf(Class<? extends Push> family) {
        return family.isAssignableFrom(record);
    }

    private static boolean isField(Method method) {
        return method.getParameterCount() == 0
                && !Modifier.isStatic(method.getModifiers())
                && !NO_FIELDS.contains(method.getName());
    }

    private static Optional<Function<Object, String>> writer(Type type) {
        if (type instanceof ParameterizedType generic && generic.getRawType() == Optional.class) {
            return Optional.ofNullable(WRITERS.get(generic.getActualTypeArguments()[0]))
                    .map(writer -> value -> ((Optional<?>) value).map(writer).orElse(""));
        }
        return Optional.ofNullable(WRITERS.get(type));
    }

    private static String writtenOrEmpty(OptionalInt value) {
        return value.isPresent() ? Integer.toString(value.getAsInt()) : "";
    }

    /**
     * A place in a template where a field of the push goes.
     *
     * @param accessor gives the field's value
     * @param writer makes a text of it
     */
    record Placeholder(Method accessor, Function<Object, String> writer) implements Template.Piece {

        @Override
        public void appendTo(StringBuilder text, Push push) {
            try {
                text.append(writer.apply(accessor.invoke(push)));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
            }
        }
    }
}
