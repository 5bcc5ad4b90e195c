package dev.caisson.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.caisson.ProcessPool;
import java.util.Arrays;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The arrows between the packages point one way.
class ArchitectureTest {
    private static final String ROOT = "dev.caisson";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .importUrl(ProcessPool.class.getProtectionDomain().getCodeSource().getLocation());

    /// A package and those it may know, itself and the JDK aside.
    enum Part {
        SPI(ROOT + ".spi"),
        API(ROOT, SPI),
        SHARED(ROOT + ".shared", API),
        ENGINE(ROOT + ".engine"),
        PROTOCOL(ROOT + ".protocol"),
        MEMORY(ROOT + ".memory"),
        TRANSPORT(ROOT + ".transport", PROTOCOL, MEMORY),
        FAMILY(ROOT + ".family"),
        PROCESS(ROOT + ".process", FAMILY, MEMORY, SPI, API),
        CODEC(ROOT + ".codec", SPI, API, PROTOCOL),
        OBSERVE(ROOT + ".observe", API),
        WORKER(ROOT + ".worker", FAMILY, PROTOCOL, TRANSPORT, CODEC, API),
        SETTINGS(ROOT + ".settings", SPI, API),
        FLEET(ROOT + ".fleet", MEMORY, SETTINGS, SPI, PROCESS, TRANSPORT, PROTOCOL, CODEC, API),
        RUNTIME(ROOT + ".runtime", MEMORY, ENGINE, FLEET, SETTINGS, PROCESS, PROTOCOL, CODEC, OBSERVE, API),
        BATCH(ROOT + ".batch", RUNTIME, CODEC, PROTOCOL, API),
        POOL(ROOT + ".pool", MEMORY, BATCH, RUNTIME, FLEET, SETTINGS, PROCESS, CODEC, PROTOCOL, SPI, API);

        private final String home;

        @SuppressWarnings("ImmutableEnumChecker") // nobody writes to it
        private final Part[] known;

        Part(String home, Part... known) {
            this.home = home;
            this.known = known;
        }

        String[] mayUse() {
            var foreign = this == ENGINE
                    ? Stream.of("java.lang..", "java.util..")
                    : Stream.of("java..", "javax..", "jdk..", "sun.misc");
            var own = Stream.concat(Stream.of(this), Arrays.stream(known)).map(part -> part.home);
            return Stream.of(foreign, own, Stream.of("org.jspecify.."))
                    .flatMap(each -> each)
                    .toArray(String[]::new);
        }
    }

    @Test
    void seesTheClassesItJudges() {
        assertThat(CLASSES).hasSizeGreaterThan(50);
        assertThat(CLASSES.contain(ProcessPool.class)).isTrue();
        assertThat(CLASSES.stream().map(JavaClass::getPackageName)).contains(ROOT, ROOT + ".engine", ROOT + ".runtime");
    }

    @Test
    void knowsTheRulesOfEveryPackage() {
        assertThat(CLASSES.stream().map(JavaClass::getPackageName).distinct().filter(name -> !name.isEmpty()))
                .as("A package without rules: give it a line in Part")
                .isSubsetOf(Arrays.stream(Part.values()).map(part -> part.home).toList());
    }

    @ParameterizedTest
    @EnumSource
    void knowsOnlyWhatItMay(Part part) {
        classes()
                .that()
                .resideInAPackage(part.home)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(part.mayUse())
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void hasNoCyclesAmongPackages() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void letsOnlyTheRuntimeCallTheEngine() {
        classes()
                .that()
                .resideInAPackage(Part.ENGINE.home)
                .should()
                .onlyBeAccessed()
                .byAnyPackage(Part.ENGINE.home, Part.RUNTIME.home)
                .check(CLASSES);
    }

    @Test
    void givesTheEngineNeitherClockNorThreadNorChance() {
        noClasses()
                .that()
                .resideInAPackage(Part.ENGINE.home)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Thread.class, Random.class, UUID.class, System.Logger.class)
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .because("one seed must give one trace: time and randomness are handed in")
                .check(CLASSES);
    }
}
