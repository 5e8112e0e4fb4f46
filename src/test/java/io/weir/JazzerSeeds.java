package io.weir;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Runs the seeds of a class of Jazzer targets as plain tests: without Jazzer, its agent, which rewrites every class that
 * is loaded after it, and its native part, which not every platform has. Seeds lie where Jazzer looks for them, in the
 * folder of the class called {@code <Class>Inputs/<method>}.
 */
public final class JazzerSeeds {
    private JazzerSeeds() {}

    /** A test for each seed of each target; a target without seeds is a mistake. */
    public static Stream<DynamicTest> of(Object targets) {
        return Arrays.stream(targets.getClass().getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(FuzzTest.class))
                .sorted(Comparator.comparing(Method::getName))
                .flatMap(target -> seeds(target).stream().map(seed -> test(targets, target, seed)));
    }

    private static DynamicTest test(Object targets, Method target, Path seed) {
        return DynamicTest.dynamicTest(
                target.getName() + " " + seed.getFileName(),
                seed.toUri(),
                () -> ReflectionSupport.invokeMethod(target, targets, (Object) Files.readAllBytes(seed)));
    }

    private static List<Path> seeds(Method target) {
        Class<?> type = target.getDeclaringClass();
        String folder = type.getSimpleName() + "Inputs/" + target.getName();
        URL found = Objects.requireNonNull(type.getResource(folder), folder + " is missing");
        try (Stream<Path> files = Files.list(Path.of(found.toURI()))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
