package dev.switchboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What applications are compiled against names nothing that may change without a word. */
final class PublicApiTest {
    private static final String ROOT = "dev.switchboard";

    /** What is promised: these packages, and what they name of the others. */
    private static final Set<String> PACKAGES =
            Set.of(ROOT, ROOT + ".testkit", ROOT + ".client", ROOT + ".wire", ROOT + ".token");

    private static final Set<String> TYPES =
            Set.of(ROOT + ".bus.Member", ROOT + ".bus.EmitFlag", ROOT + ".bus.Answer", ROOT + ".bus.Answers");

    private static final List<String> LIBRARIES = List.of("java.", "io.vertx.", "org.junit.jupiter.api.");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("/test-classes/"))
            .importPackages(ROOT);

    @ParameterizedTest
    @ValueSource(strings = {ROOT, ROOT + ".testkit", ROOT + ".client"})
    void publicPackage_namesOnlyWhatIsPublic(String name) {
        List<JavaClass> types = CLASSES.stream()
                .filter(type -> type.getPackageName().equals(name))
                .filter(PublicApiTest::isPublic)
                .toList();

        assertThat(types).isNotEmpty();
        assertThat(types.stream().flatMap(PublicApiTest::foreign)).isEmpty();
    }

    /** What is compared with an earlier version is what is promised. */
    @Test
    void comparison_includesAllThatIsPromised() throws IOException {
        String profile =
                Files.readString(Path.of("pom.xml")).split("<id>api</id>", 2)[1].split("</includes>", 2)[0];

        List<String> included = Pattern.compile("<include>(.*?)</include>")
                .matcher(profile)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(included)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(PACKAGES.stream(), TYPES.stream()).toList());
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(PublicApiTest::isPublic).orElse(true);
    }

    private static Stream<String> foreign(JavaClass type) {
        Stream<JavaType> above = Stream.concat(type.getSuperclass().stream(), type.getInterfaces().stream());
        Stream<String> supertypes = above.flatMap(one -> foreign(type.getName(), one));
        Stream<String> members = type.getMembers().stream()
                .filter(member -> isSeen(type, member))
                .flatMap(member -> types(member).flatMap(one -> foreign(member.getFullName(), one)));
        return Stream.concat(supertypes, members);
    }

    private static boolean isSeen(JavaClass owner, JavaMember member) {
        Set<JavaModifier> modifiers = member.getModifiers();
        boolean toHeirs = modifiers.contains(JavaModifier.PROTECTED)
                && !owner.getModifiers().contains(JavaModifier.FINAL);
        return !modifiers.contains(JavaModifier.SYNTHETIC) && (modifiers.contains(JavaModifier.PUBLIC) || toHeirs);
    }

    private static Stream<JavaType> types(JavaMember member) {
        if (member instanceof JavaCodeUnit code) {
            return Stream.of(
                            Stream.of(code.getReturnType()),
                            code.getParameterTypes().stream(),
                            code.getExceptionTypes().stream())
                    .flatMap(all -> all);
        }
        return member instanceof JavaField field ? Stream.of(field.getType()) : Stream.of();
    }

    private static Stream<String> foreign(String where, JavaType type) {
        return type.getAllInvolvedRawTypes().stream()
                .map(JavaClass::getBaseComponentType)
                .filter(raw -> !isPromised(raw))
                .map(raw -> where + " names " + raw.getName());
    }

    private static boolean isPromised(JavaClass raw) {
        return raw.isPrimitive()
                || TYPES.contains(raw.getName())
                || (raw.getName().startsWith(ROOT)
                        ? PACKAGES.contains(raw.getPackageName()) && isPublic(raw)
                        : LIBRARIES.stream().anyMatch(raw.getName()::startsWith));
    }
}
