package io.weir.plugin.runtime;

import io.weir.config.Secret;
import io.weir.config.Section;
import io.weir.plugin.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Settings as the configuration file has them. Handlers read them on threads of their own, and sections of one file share what they
 * report to: one reads at a time.
 */
record SectionSettings(Section section) implements Settings {
    private static final Object ONE_READS = new Object();

    private static <T> T read(Supplier<T> getter) {
        synchronized (ONE_READS) {
            return getter.get();
        }
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(section.keys());
    }

    @Override
    public boolean has(String name) {
        return read(() -> section.has(name));
    }

    @Override
    public Optional<String> text(String name) {
        return read(() -> section.text(name));
    }

    @Override
    public Optional<String> secret(String name) {
        return read(() -> section.secret(name).map(Secret::reveal));
    }

    @Override
    public int integer(String name, int otherwise, int min, int max) {
        return read(() -> section.integer(name, otherwise, min, max));
    }

    @Override
    public boolean flag(String name, boolean otherwise) {
        return read(() -> section.flag(name, otherwise));
    }

    @Override
    public Duration duration(String name, Duration otherwise, Duration min, Duration max) {
        return read(() -> section.duration(name, otherwise, min, max));
    }

    @Override
    public List<String> texts(String name) {
        return read(() -> section.texts(name));
    }

    @Override
    public Settings section(String name) {
        return read(() -> new SectionSettings(section.section(name)));
    }

    @Override
    public void problem(String name, String rule) {
        read(() -> {
            section.problem(name, rule);
            return rule;
        });
    }
}
