package io.weir.plugin.runtime;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether the classes that a handler names are there: what would else come out with the first push that needs them. A class is named
 * in the constant pool of its file (JVMS §4.4), which is all that is read of it.
 */
final class NamedClasses {
    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int LONG = 5;
    private static final int DOUBLE = 6;
    /** Bytes after the tag, by tag; those of a text depend on it. */
    private static final int[] LENGTHS = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};

    private NamedClasses() {}

    /**
     * The classes that cannot be loaded of those that a class names, and that the classes of its package which it names do in turn;
     * by name, in order.
     *
     * @param loader of the class
     */
    static Set<String> missing(Class<?> first, ClassLoader loader) {
        Set<String> missing = new TreeSet<>();
        Set<String> seen = new HashSet<>(Set.of(first.getName()));
        Deque<Class<?>> toRead = new ArrayDeque<>(List.of(first));
        while (!toRead.isEmpty()) {
            for (String named : named(toRead.remove())) {
                if (!seen.add(named)) {
                    continue;
                }
                try {
                    Class<?> there = Class.forName(named, false, loader);
                    if (there.getClassLoader() == loader && there.getPackage() == first.getPackage()) {
                        toRead.add(there);
                    }
                } catch (ClassNotFoundException | LinkageError notThere) {
                    missing.add(named);
                }
            }
        }
        return missing;
    }

    /** Empty where its file cannot be read. */
    private static List<String> named(Class<?> type) {
        String file = type.getName().substring(type.getName().lastIndexOf('.') + 1) + ".class";
        try (InputStream bytes = type.getResourceAsStream(file)) {
            return bytes == null ? List.of() : named(new DataInputStream(new BufferedInputStream(bytes)));
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static List<String> named(DataInputStream in) throws IOException {
        in.skipNBytes(8);
        int count = in.readUnsignedShort();
        String[] texts = new String[count];
        List<Integer> classes = new ArrayList<>();
        for (int index = 1; index < count; index++) {
            int tag = in.readUnsignedByte();
            if (tag == UTF8) {
                texts[index] = in.readUTF();
            } else if (tag == CLASS) {
                classes.add(in.readUnsignedShort());
            } else if (tag < LENGTHS.length) {
                in.skipNBytes(LENGTHS[tag]);
            } else {
                return List.of();
            }
            if (tag == LONG || tag == DOUBLE) {
                index++;
            }
        }
        return classes.stream()
                .map(each -> texts[each])
                .filter(name -> !name.startsWith("["))
                .map(name -> name.replace('/', '.'))
                .toList();
    }
}
