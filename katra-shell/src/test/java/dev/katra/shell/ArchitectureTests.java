package dev.katra.shell;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.katra.core.CoreConfiguration;
import dev.katra.core.store.Reads;
import dev.katra.core.store.StoreConfiguration;
import dev.katra.core.store.StorePool;
import dev.katra.core.store.WriterDataSource;
import dev.katra.core.store.Writes;
import dev.katra.core.store.sqlite.SqliteConfiguration;
import dev.katra.mcp.tool.Tool;
import dev.katra.shell.console.Caller;
import dev.katra.shell.console.CallerCommand;
import dev.katra.shell.server.KatraServer;
import dev.katra.shell.server.PortHolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.shell.core.command.annotation.Command;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Transactional;

/** The rules of the code that the compiler does not know. */
class ArchitectureTests {

    private static final List<String> MODULES = List.of("core", "launcher", "mcp", "shell");

    /** The packages under dev.katra; those of the module katra-mcp are four. */
    private static final List<String> ROOMS = List.of("core", "launcher", "web", "mcp", "gateway", "demo", "shell");

    /** The packages that know the engine; a backup is SQLite's file, and is copied, checked and replaced as such. */
    private static final String[] OF_SQLITE = {"dev.katra.core..sqlite..", "dev.katra.core.backup.."};

    private static JavaClasses product;
    private static JavaClasses tests;

    @BeforeAll
    static void read() {
        product = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("dev.katra");
        tests = new ClassFileImporter()
                .importPaths(MODULES.stream()
                        .map(module -> Path.of("../katra-" + module + "/target/test-classes"))
                        .filter(Files::isDirectory)
                        .toList());
    }

    @Test
    void allModulesAreLookedAt() {
        for (String room : ROOMS) {
            assertThat(product.that(resideInAPackage("dev.katra." + room + "..")))
                    .as(room)
                    .hasSizeGreaterThan(10);
        }
        assertThat(product.stream().map(JavaClass::getPackageName))
                .allMatch(name -> name.matches("dev\\.katra\\.(" + String.join("|", ROOMS) + ")(\\..*)?"));
        assertThat(tests).hasSizeGreaterThan(20);
    }

    @Test
    void theCoreKnowsNoOtherModule() {
        apart("core", "launcher", "web", "mcp", "gateway", "demo", "shell");
    }

    @Test
    void launcherAndMcpKnowOnlyTheCore() {
        apart("launcher", "web", "mcp", "gateway", "demo", "shell");
        for (String room : List.of("web", "mcp", "gateway", "demo")) {
            apart(room, "launcher", "shell");
        }
    }

    @Test
    void theGatewayKnowsNothingOfMcpNorMcpOfIt() {
        apart("web", "mcp", "gateway", "demo");
        apart("gateway", "mcp", "demo");
        apart("mcp", "gateway", "demo");
    }

    /** Whatever else needs the program that a session runs asks {@code dev.katra.launcher.agent.Agent}. */
    @Test
    void onlyItsOwnRoomsKnowTheProgramThatASessionRuns() {
        onlyFor("dev.katra.launcher.claude..", "dev.katra.shell.claude..");
        onlyFor("dev.katra.shell.claude..");
        onlyFor("dev.katra.shell.transfer.claude..");
        onlyFor("dev.katra.mcp.claude..");
    }

    /** Checks that nothing but these others depends on a room. */
    private static void onlyFor(String room, String... others) {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        Stream.concat(Stream.of(room), Stream.of(others)).toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(room)
                .check(product);
    }

    private static void apart(String module, String... others) {
        noClasses()
                .that()
                .resideInAPackage("dev.katra." + module + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(Stream.of(others)
                        .map(other -> "dev.katra." + other + "..")
                        .toArray(String[]::new))
                .check(product);
    }

    @Test
    void theCoreHasNoWebNoTerminalAndNoProcess() {
        noClasses()
                .that()
                .resideInAPackage("dev.katra.core..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                                "jakarta.servlet..",
                                "java.net.http..",
                                "org.apache.catalina..",
                                "org.jline..",
                                "org.springframework.shell..",
                                "org.springframework.web..")
                        .or(belongToAnyOf(Process.class, ProcessBuilder.class)))
                .check(product);
    }

    @Test
    void featuresDoNotNeedEachOtherInCircles() {
        for (String room : ROOMS) {
            slices().matching("dev.katra." + room + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true) // the demo model is one package
                    .check(product);
        }
    }

    @Test
    void onlyTheProgramsOwnClassesReadItsSurroundings() {
        DescribedPredicate<JavaClass> edges =
                belongToAnyOf(Katra.class, KatraServer.class, PortHolder.class).or(belongTo("CommandLineLogging"));
        noClasses()
                .that(DescribedPredicate.not(edges))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .accessField(System.class, "in")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(product);
    }

    @Test
    void whatNothingUsesIsNotShipped() {
        assertThat(Stream.of(
                                "org/apache/tomcat/websocket/server/WsSci.class",
                                "jakarta/el/ELContext.class",
                                "org/hibernate/validator/HibernateValidator.class",
                                "com/networknt/schema/SchemaRegistry.class",
                                "com/networknt/schema/Schema.class",
                                "org/snakeyaml/engine/v2/api/Load.class",
                                "org/stringtemplate/v4/ST.class",
                                "org/antlr/runtime/Token.class",
                                "org/springframework/messaging/Message.class",
                                "org/springframework/shell/jline/JLineShellRunner.class",
                                "jakarta/transaction/Transaction.class")
                        .filter(name -> ArchitectureTests.class.getClassLoader().getResource(name) != null))
                .isEmpty();
    }

    @Test
    void commandsPrintOnlyWhatATerminalMayShow() {
        noClasses()
                .that()
                .resideInAPackage("dev.katra.shell..")
                .and()
                .resideOutsideOfPackages("dev.katra.shell.channel..", "dev.katra.shell.console..")
                .and(DescribedPredicate.not(belongTo("MemoryExportCommand"))) // JSON, which escapes it
                .should()
                .callMethod(Caller.class, "out")
                .orShould()
                .callMethod(Caller.class, "err")
                .because("Caller.print and Caller.note make it visible")
                .check(product);
    }

    @Test
    void onlyTheProgramAsksForTheWorkingFolder() throws IOException {
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(Path.of("../katra-" + module + "/src/main/java"))) {
                assertThat(files.filter(file -> file.toString().endsWith(".java"))
                                .filter(file -> !file.endsWith("shell/Katra.java")))
                        .isNotEmpty()
                        .allSatisfy(file ->
                                assertThat(Files.readString(file)).doesNotContain("\"user.dir\"", "Path.of(\"\")"));
            }
        }
    }

    @Test
    void onlyTheCoreSpeaksSql() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.katra.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "org.springframework.jdbc..",
                        "org.springframework.data..",
                        "org.sqlite..",
                        "org.flywaydb..",
                        "org.apache.commons.dbcp2..",
                        "org.apache.commons.pool2..")
                .check(product);
    }

    /** What the rules of a noun need of a store is an interface beside them, so that another engine is another folder. */
    @Test
    void nothingDependsOnHowSqliteStoresIt() {
        noClasses()
                .that()
                .resideOutsideOfPackages(OF_SQLITE)
                .and(DescribedPredicate.not(belongToAnyOf(CoreConfiguration.class)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.katra.core..sqlite..")
                .check(product);
    }

    @Test
    void onlyThePackagesOfAnEngineAskADatabase() {
        DescribedPredicate<JavaClass> doors = belongToAnyOf(
                CoreConfiguration.class,
                StoreConfiguration.class,
                StorePool.class,
                WriterDataSource.class,
                Writes.class);
        noClasses()
                .that()
                .resideOutsideOfPackages(OF_SQLITE)
                .and(DescribedPredicate.not(doors))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.sql..",
                        "javax.sql..",
                        "org.springframework.jdbc..",
                        "org.springframework.data.jdbc..",
                        "org.springframework.data.repository..",
                        "org.sqlite..",
                        "org.flywaydb..")
                .check(product);
    }

    @Test
    void onlyThePackagesOfAnEngineHoldSql() throws IOException {
        Pattern sql = Pattern.compile("\\b(?:SELECT|INSERT (?:INTO|OR)|UPDATE [a-z_]+ SET|DELETE FROM|PRAGMA|INDEXED BY"
                + "|json_each)\\b|MATCH \\?|(?i:fts5|bm25)");
        try (Stream<Path> files = Files.walk(Path.of("../katra-core/src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.toString().matches(".*/(?:sqlite|backup)/[^/]*")))
                    .hasSizeGreaterThan(100)
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(sql));
        }
    }

    @Test
    void onlyWritesWrites() {
        noClasses()
                .that(DescribedPredicate.not(
                        belongToAnyOf(Writes.class, Reads.class, StoreConfiguration.class, SqliteConfiguration.class)))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.springframework.transaction.support..")
                        .or(assignableTo(PlatformTransactionManager.class)))
                .check(product);
        classes().should(haveOnlyReadingTransactions()).check(product);
    }

    @Test
    void commandsAreCalledCommand() {
        classes()
                .that()
                .resideInAPackage("dev.katra.shell..")
                .and()
                .containAnyMethodsThat(are(Command.class))
                .should()
                .haveSimpleNameEndingWith("Command")
                .check(product);
        classes()
                .that()
                .resideInAPackage("dev.katra.shell..")
                .and()
                .haveSimpleNameEndingWith("Command")
                .and(DescribedPredicate.not(belongToAnyOf(CallerCommand.class)))
                .should(haveACommandMethod())
                .check(product);
    }

    @Test
    void toolsAreCalledTool() {
        classes()
                .that()
                .areAssignableTo(Tool.class)
                .and()
                .areNotInterfaces()
                .should()
                .haveSimpleNameEndingWith("Tool")
                .check(product);
        classes()
                .that()
                .haveSimpleNameEndingWith("Tool")
                .should()
                .beAssignableTo(Tool.class)
                .check(product);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        fields().should()
                .notBeAnnotatedWith(Autowired.class)
                .andShould()
                .notBeAnnotatedWith(Value.class)
                .andShould()
                .notBeAnnotatedWith("jakarta.inject.Inject")
                .andShould()
                .notBeAnnotatedWith("jakarta.annotation.Resource")
                .check(product);
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Manager|Helper)(\\$.*)?")
                .check(product);
        noClasses()
                .should()
                .resideInAnyPackage("..model..", "..service..", "..util..", "..impl..")
                .check(product);
    }

    @Test
    void everyPackageSaysWhatMayBeNull() {
        assertThat(Stream.concat(product.stream(), tests.stream())
                        .map(JavaClass::getPackage)
                        .filter(found -> found.getName().startsWith("dev.katra"))
                        .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                        .map(JavaPackage::getName)
                        // the tests of a package of the product share its mark
                        .filter(name -> !product.containPackage(name)
                                || !product.getPackage(name).isAnnotatedWith(NullMarked.class))
                        .distinct())
                .isEmpty();
    }

    @Test
    void whatLooksLikeATestIsOne() {
        methods()
                .that()
                .areDeclaredInClassesThat()
                .haveNameMatching(".*(Tests|IT)(\\$.*)?")
                .and(areUnmarked())
                .should()
                .bePrivate()
                .orShould()
                .beStatic()
                .because("JUnit passes over a method without @Test")
                .check(tests);
    }

    private static DescribedPredicate<JavaClass> belongTo(String name) {
        return DescribedPredicate.describe(
                "belong to " + name,
                type -> simpleName(name).test(type)
                        || type.getEnclosingClass().filter(simpleName(name)).isPresent());
    }

    private static DescribedPredicate<HasAnnotations<?>> are(Class<? extends java.lang.annotation.Annotation> mark) {
        return DescribedPredicate.describe(
                "are marked " + mark.getSimpleName(), member -> member.isAnnotatedWith(mark));
    }

    private static DescribedPredicate<JavaMethod> areUnmarked() {
        return DescribedPredicate.describe(
                "belong to a test class and have no mark of JUnit",
                method -> ofATestClass(method)
                        && method.getRawReturnType().isEquivalentTo(void.class)
                        && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
                        && method.getAnnotations().stream()
                                .map(JavaAnnotation::getRawType)
                                .noneMatch(mark -> ofJUnit(mark)
                                        || mark.getAnnotations().stream()
                                                .map(JavaAnnotation::getRawType)
                                                .anyMatch(ArchitectureTests::ofJUnit)));
    }

    private static boolean ofJUnit(JavaClass mark) {
        return mark.getPackageName().startsWith("org.junit");
    }

    private static boolean ofATestClass(JavaMethod method) {
        return method.getOwner().isTopLevelClass() || method.getOwner().isAnnotatedWith(Nested.class);
    }

    private static ArchCondition<JavaClass> haveACommandMethod() {
        return new ArchCondition<>("have a method marked Command") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (type.getMethods().stream().noneMatch(are(Command.class))) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " has no command"));
                }
            }
        };
    }

    private static ArchCondition<JavaClass> haveOnlyReadingTransactions() {
        return new ArchCondition<>("have only reading transactions") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                Stream.concat(Stream.of(type), type.getMethods().stream())
                        .filter(marked -> marked.isAnnotatedWith(Transactional.class))
                        .filter(marked ->
                                !marked.getAnnotationOfType(Transactional.class).readOnly())
                        .forEach(marked -> events.add(
                                SimpleConditionEvent.violated(type, marked + " is @Transactional, and not readOnly")));
            }
        };
    }
}
