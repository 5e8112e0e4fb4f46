package io.weir.bench;

import java.nio.file.Path;

/**
 * Where things are.
 *
 * @param home the folder that Weir was checked out to
 */
record Folders(Path home) {
    /** The java that runs this, for the servers too. */
    String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** The JVM flags of scripts/run, an argument file. */
    Path flags() {
        return home.resolve("scripts/.jvm");
    }

    Path jar() {
        return home.resolve("target/weir.jar");
    }

    /** The class-data archive of a build that makes one. */
    Path builtArchive() {
        return home.resolve("target/weir.jsa");
    }

    /** An archive that is made for a run. */
    Path archive(String name) {
        return scratch().resolve(name + ".jsa");
    }

    Path scratch() {
        return home.resolve("target/bench");
    }

    /** The classes of the benchmarks; a jar, since a class-data archive takes no folder. */
    Path benchJar() {
        return scratch().resolve("bench.jar");
    }

    Path wxJavaJar() {
        return scratch().resolve("wxjava/wxjava.jar");
    }

    Path log(String name) {
        return scratch().resolve("logs").resolve(name + ".log");
    }
}
