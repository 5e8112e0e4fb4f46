package io.weir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code /metrics} says, as Prometheus reads it. */
record ScrapedMetrics(List<Family> families) {
    private static final Pattern META = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-z0-9_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    record Sample(String name, Map<String, String> labels, double value) {}

    record Family(String name, String type, String help, List<Sample> samples) {
        /** Those that tell its series apart, in order of the alphabet. */
        Set<String> labels() {
            Set<String> labels = new TreeSet<>();
            samples.forEach(sample -> labels.addAll(sample.labels.keySet()));
            labels.remove("le");
            return labels;
        }
    }

    static ScrapedMetrics parse(String text) {
        Map<String, String> helps = new LinkedHashMap<>();
        Map<String, String> types = new LinkedHashMap<>();
        Map<String, List<Sample>> samples = new LinkedHashMap<>();
        String current = "";
        for (String line : text.lines().filter(each -> !each.isBlank()).toList()) {
            Matcher meta = META.matcher(line);
            if (meta.matches()) {
                current = meta.group(2);
                (meta.group(1).equals("HELP") ? helps : types).put(current, meta.group(3));
                continue;
            }
            Matcher sample = SAMPLE.matcher(line);
            if (!sample.matches()) {
                throw new AssertionError("not Prometheus' format: " + line);
            }
            samples.computeIfAbsent(current, first -> new ArrayList<>())
                    .add(new Sample(sample.group(1), labels(sample.group(2)), value(sample.group(3))));
        }
        return new ScrapedMetrics(samples.entrySet().stream()
                .map(each -> new Family(
                        each.getKey(),
                        types.getOrDefault(each.getKey(), ""),
                        helps.getOrDefault(each.getKey(), ""),
                        each.getValue()))
                .toList());
    }

    private static double value(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new LinkedHashMap<>();
        Matcher label = LABEL.matcher(Objects.requireNonNullElse(text, ""));
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }

    List<Family> ofWeir() {
        return families.stream()
                .filter(family -> family.name.startsWith("weir_"))
                .toList();
    }

    /** Names as queries have them. */
    Set<String> names() {
        return families.stream()
                .flatMap(family -> family.samples.stream())
                .map(Sample::name)
                .collect(Collectors.toSet());
    }

    long series() {
        return families.stream().mapToLong(family -> family.samples.size()).sum();
    }

    Optional<Family> family(String name) {
        return families.stream().filter(family -> family.name.equals(name)).findFirst();
    }

    /** The only sample of that name with these labels among others, given as name and value in turn. */
    double value(String name, String... labels) {
        List<Sample> found = families.stream()
                .flatMap(family -> family.samples.stream())
                .filter(sample -> sample.name.equals(name) && has(sample, labels))
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one " + name + " with " + List.of(labels) + ", found " + found);
        }
        return found.get(0).value;
    }

    private static boolean has(Sample sample, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(sample.labels.get(labels[i]))) {
                return false;
            }
        }
        return true;
    }
}
