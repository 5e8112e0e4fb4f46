package io.weir;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.weir.wechat.crypto.AesKey;
import io.weir.wechat.crypto.MessageCrypto;
import java.util.stream.Stream;

/** The house: roof, rooms, stairs and ground; imports run downwards only. */
@AnalyzeClasses(packages = "io.weir", importOptions = ImportOption.DoNotIncludeTests.class)
class FloorsTest {
    private static final String[] GROUND = {"io.weir.wechat..", "io.weir.config..", "io.weir.rules..", "io.weir.retry.."
    };
    private static final String[] STAIRS = {
        "io.weir.dispatch..",
        "io.weir.client..",
        "io.weir.http..",
        "io.weir.cli..",
        "io.weir.file..",
        "io.weir.redis..",
        "io.weir.replies..",
        "io.weir.plugin.."
    };
    private static final String[] ROOMS = {
        "io.weir.receiver..",
        "io.weir.handler..",
        "io.weir.token..",
        "io.weir.menu..",
        "io.weir.console..",
        "io.weir.doctor..",
        "io.weir.simulator.."
    };

    @ArchTest
    static final ArchRule groundIsPureJava = noClasses()
            .that()
            .resideInAnyPackage(GROUND)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..", "io.netty..", "org.slf4j..", "io.micrometer..", "java.net.http..", "java.nio.file..")
            .because("the ground is tested without a server, in milliseconds");

    @ArchTest
    static final ArchRule groundKnowsNoOtherFloor = noClasses()
            .that()
            .resideInAnyPackage(GROUND)
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.weir..")
                    .and(resideInAnyPackage(GROUND).negate()));

    @ArchTest
    static final ArchRule stairsKnowNoRoomAndNoRoof = noClasses()
            .that()
            .resideInAnyPackage(STAIRS)
            .should()
            .dependOnClassesThat(resideInAnyPackage(ROOMS).or(resideInAnyPackage("io.weir")));

    @ArchTest
    static final ArchRule roomsDoNotKnowTheRoof = noClasses()
            .that()
            .resideInAnyPackage(ROOMS)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.weir");

    @ArchTest
    static final ArchRule roomsAreApart =
            slices().assignedFrom(new Rooms()).should().notDependOnEachOther();

    @ArchTest
    static final ArchRule everyPackageHasAFloor =
            classes().should().resideInAnyPackage(concat(GROUND, STAIRS, ROOMS, new String[] {"io.weir"}));

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.weir.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theSimulatorSharesOnlyTheCrypto = noClasses()
            .that()
            .resideInAPackage("io.weir.simulator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.weir.wechat.xml..",
                    "io.weir.wechat.message..",
                    "io.weir.wechat.codec..",
                    "io.weir.wechat.menu..");

    /** But for the simulator's own, so that it does not share the gateway's mistakes. */
    @ArchTest
    static final ArchRule oneXmlParser = noClasses()
            .that()
            .resideOutsideOfPackages("io.weir.wechat.xml..", "io.weir.simulator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.fasterxml.aalto..", "javax.xml..", "org.w3c.dom..", "org.xml..");

    @ArchTest
    static final ArchRule oneCryptoClass = noClasses()
            .that()
            .doNotBelongToAnyOf(MessageCrypto.class, AesKey.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javax.crypto..");

    @ArchTest
    static final ArchRule redisDriverOnlyInItsStair = noClasses()
            .that()
            .resideOutsideOfPackage("io.weir.redis..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.vertx.redis..");

    @ArchTest
    static final ArchRule onlyTheTerminalWritesToTheTerminal = noClasses()
            .that()
            .resideOutsideOfPackage("io.weir.cli..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err");

    private static String[] concat(String[]... parts) {
        return Stream.of(parts).flatMap(Stream::of).toArray(String[]::new);
    }

    /** A room is a folder of its floor, and each handler is one. */
    private static final class Rooms implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            String[] path = javaClass.getPackageName().split("\\.", -1);
            boolean isRoom = path.length > 2 && resideInAnyPackage(ROOMS).test(javaClass);
            if (!isRoom) {
                return SliceIdentifier.ignore();
            }
            return path[2].equals("handler") && path.length > 3
                    ? SliceIdentifier.of("handler", path[3])
                    : SliceIdentifier.of(path[2]);
        }

        @Override
        public String getDescription() {
            return "rooms";
        }
    }
}
