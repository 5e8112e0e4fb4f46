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

/** The layers: entry points, features, infrastructure and core; imports run downwards only. */
@AnalyzeClasses(packages = "io.weir", importOptions = ImportOption.DoNotIncludeTests.class)
class LayersTest {
    private static final String[] CORE = {"io.weir.wechat..", "io.weir.config..", "io.weir.rules..", "io.weir.retry.."};
    private static final String[] INFRASTRUCTURE = {
        "io.weir.dispatch..",
        "io.weir.client..",
        "io.weir.http..",
        "io.weir.metrics..",
        "io.weir.cli..",
        "io.weir.file..",
        "io.weir.redis..",
        "io.weir.replies..",
        "io.weir.plugin..",
        "io.weir.fleet.."
    };
    private static final String[] FEATURES = {
        "io.weir.receiver..",
        "io.weir.handler..",
        "io.weir.backend..",
        "io.weir.token..",
        "io.weir.menu..",
        "io.weir.admin..",
        "io.weir.journal..",
        "io.weir.doctor..",
        "io.weir.simulator.."
    };

    private static final String[] ENTRY_POINTS = {
        "io.weir", "io.weir.command..", "io.weir.testkit..", "io.weir.health..", "io.weir.reload.."
    };

    @ArchTest
    static final ArchRule coreIsPureJava = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.vertx..", "io.netty..", "org.slf4j..", "io.micrometer..", "java.net.http..", "java.nio.file..")
            .because("the core is tested without a server, in milliseconds");

    @ArchTest
    static final ArchRule coreKnowsNoOtherLayer = noClasses()
            .that()
            .resideInAnyPackage(CORE)
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage("io.weir..").and(resideInAnyPackage(CORE).negate()));

    @ArchTest
    static final ArchRule infrastructureKnowsNoFeature = noClasses()
            .that()
            .resideInAnyPackage(INFRASTRUCTURE)
            .should()
            .dependOnClassesThat(resideInAnyPackage(FEATURES).or(resideInAnyPackage(ENTRY_POINTS)));

    @ArchTest
    static final ArchRule featuresDoNotKnowEntryPoints = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENTRY_POINTS);

    @ArchTest
    static final ArchRule featuresAreApart =
            slices().assignedFrom(new Features()).should().notDependOnEachOther();

    @ArchTest
    static final ArchRule everyPackageHasALayer =
            classes().should().resideInAnyPackage(concat(CORE, INFRASTRUCTURE, FEATURES, ENTRY_POINTS));

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

    @ArchTest
    static final ArchRule onlyEntryPointsUseTheSimulator = noClasses()
            .that()
            .resideOutsideOfPackages("io.weir.simulator..", "io.weir.command..", "io.weir.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.weir.simulator..");

    @ArchTest
    static final ArchRule theRootIsACompositionRoot = classes()
            .that()
            .resideInAPackage("io.weir")
            .and()
            .areTopLevelClasses()
            .should()
            .haveNameMatching("io\\.weir\\.(Main|Gateway|GatewayConfig|GatewayVerticle|package-info)");

    /** Except for the simulator's own, so that it does not share the gateway's mistakes. */
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
            .and()
            .doNotHaveFullyQualifiedName("io.weir.backend.WebhookSigner")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("javax.crypto..");

    @ArchTest
    static final ArchRule redisDriverOnlyInItsPackage = noClasses()
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

    /** A feature is a package below the base package. */
    private static final class Features implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            String[] path = javaClass.getPackageName().split("\\.", -1);
            boolean isFeature = path.length > 2 && resideInAnyPackage(FEATURES).test(javaClass);
            return isFeature ? SliceIdentifier.of(path[2]) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "features";
        }
    }
}
