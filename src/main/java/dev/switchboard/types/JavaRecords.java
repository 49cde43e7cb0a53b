package dev.switchboard.types;

import dev.switchboard.types.EventTypes.EventType;
import dev.switchboard.types.Shape.Field;
import dev.switchboard.types.Shape.Named;
import dev.switchboard.types.Shape.Struct;
import io.vertx.core.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * The events of namespaces as Java: for each namespace a class with the names of its events, and a record for each object
 * that is declared of their data, which reads itself out of a {@code JsonObject} and writes itself as one.
 */
public final class JavaRecords {
    /** What no component of a record may be called, or hides what is generated. */
    private static final Set<String> FORBIDDEN = Set.of(
            "clone", "finalize", "getClass", "hashCode", "json", "notify", "notifyAll", "of", "toString", "wait");

    private static final Map<String, String> HELPERS = helpers();

    private final EventTypes types;
    private final String outer;
    private final JavaType java;
    private final Names constants = new Names(Set.of());
    private final StringBuilder text = new StringBuilder();

    private JavaRecords(EventTypes types) {
        this.types = types;
        this.outer = types.name() + "Events";
        this.java = new JavaType(outer);
    }

    /** The text of each class by the name of its file, without folders. */
    public static Map<String, String> of(List<NamespaceEvents> namespaces, String packageName) {
        Map<String, String> files = new LinkedHashMap<>();
        for (EventTypes types : EventTypes.of(namespaces)) {
            JavaRecords records = new JavaRecords(types);
            files.put(records.outer + ".java", records.write(packageName));
        }
        return files;
    }

    private String write(String packageName) {
        types.events().forEach(this::constant);
        line("");
        line("    private " + outer + "() {}");
        types.structs().forEach(this::add);
        HELPERS.forEach((name, code) -> {
            if (text.indexOf(outer + "." + name + "(") >= 0) {
                line("");
                code.lines().forEach(line -> line("    " + line));
            }
        });
        return "// Written by `types` of Switchboard from the configuration: change that, and write it again.\n"
                + "package " + packageName + ";\n\n" + imports() + "\n/** Events of " + types.namespace()
                + ". */\npublic final class " + outer + " {\n" + text + "}\n";
    }

    private String imports() {
        StringBuilder imports = new StringBuilder();
        for (String name : List.of(
                "io.vertx.core.json.JsonArray",
                "io.vertx.core.json.JsonObject",
                "java.util.LinkedHashMap",
                "java.util.List",
                "java.util.Map",
                "java.util.function.Function")) {
            if (text.toString().matches("(?s).*\\b" + name.replaceFirst(".*\\.", "") + "\\b.*")) {
                imports.append("import ").append(name).append(";\n");
            }
        }
        return imports.toString();
    }

    private void constant(EventType event) {
        List<String> says = new ArrayList<>();
        event.declared().description().strip().lines().map(String::strip).forEach(says::add);
        link("Clients send", event.in(), says);
        link("The answer is", event.answer(), says);
        link("Clients are sent", event.out(), says);
        comment("    ", says);
        String name = constants.ofConstant(event.declared().event());
        line("    public static final String " + name + " = "
                + Json.encode(event.declared().event()) + ";");
    }

    private static void link(String words, Optional<Shape> shape, List<String> says) {
        shape.filter(Named.class::isInstance)
                .ifPresent(named -> says.add(words + " {@link " + ((Named) named).name() + "}."));
    }

    private void add(Struct struct) {
        Map<String, Field> components = components(struct);
        line("");
        comment("    ", struct.description().strip().lines().map(String::strip).toList());
        List<String> declared = new ArrayList<>();
        List<String> read = new ArrayList<>();
        components.forEach((name, field) -> {
            String type = field.required() ? java.required(field.shape()) : java.name(field.shape());
            declared.add(type + " " + name);
            read.add(java.read(field.shape(), "json.getValue(" + Json.encode(field.key()) + ")", 1));
        });
        line("    public record " + struct.name() + "(" + String.join(", ", declared) + ") {");
        line("        /** Reads it; what is absent is null. */");
        line("        public static " + struct.name() + " of(JsonObject json) {");
        line("            return new " + struct.name() + "(\n                    "
                + String.join(",\n                    ", read) + ");");
        line("        }");
        line("");
        line("        /** Writes it; what may be absent and is null is absent. */");
        line("        public JsonObject json() {");
        line("            JsonObject json = new JsonObject();");
        components.forEach(this::put);
        line("            return json;");
        line("        }");
        line("    }");
    }

    private void put(String name, Field field) {
        String put =
                "json.put(" + Json.encode(field.key()) + ", " + java.write(field.shape(), "this." + name, 1) + ");";
        if (field.required()) {
            line("            " + put);
        } else {
            line("            if (this." + name + " != null) {");
            line("                " + put);
            line("            }");
        }
    }

    /** The names of a record's components, each once. */
    private static Map<String, Field> components(Struct struct) {
        Map<String, Field> components = new LinkedHashMap<>();
        for (Field field : struct.fields()) {
            String pascal = Names.pascal(field.key());
            String name = pascal.substring(0, 1).toLowerCase(Locale.ROOT) + pascal.substring(1);
            while (SourceVersion.isKeyword(name) || FORBIDDEN.contains(name) || components.containsKey(name)) {
                name += "_";
            }
            components.put(name, field);
        }
        return components;
    }

    private void comment(String indent, List<String> lines) {
        List<String> safe = lines.stream()
                .map(line -> line.replace("\\", "&#92;").replace("*/", "*&#47;"))
                .filter(line -> !line.isEmpty())
                .toList();
        if (!safe.isEmpty()) {
            line(indent + "/** " + String.join(" ", safe) + " */");
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    private static Map<String, String> helpers() {
        Map<String, String> helpers = new LinkedHashMap<>();
        helpers.put("whole", """
                private static Long whole(Object value) {
                    return value == null ? null : ((Number) value).longValue();
                }
                """);
        helpers.put("decimal", """
                private static Double decimal(Object value) {
                    return value == null ? null : ((Number) value).doubleValue();
                }
                """);
        helpers.put("one", """
                private static <T> T one(Object value, Function<JsonObject, T> read) {
                    return value == null ? null : read.apply((JsonObject) value);
                }
                """);
        helpers.put("list", """
                private static <T> List<T> list(Object value, Function<Object, T> read) {
                    return value == null ? null : ((JsonArray) value).stream().map(read).toList();
                }
                """);
        helpers.put("map", """
                private static <T> Map<String, T> map(Object value, Function<Object, T> read) {
                    if (value == null) {
                        return null;
                    }
                    Map<String, T> map = new LinkedHashMap<>();
                    ((JsonObject) value).forEach(entry -> map.put(entry.getKey(), read.apply(entry.getValue())));
                    return map;
                }
                """);
        helpers.put("array", """
                private static <T> JsonArray array(List<T> values, Function<T, Object> write) {
                    if (values == null) {
                        return null;
                    }
                    JsonArray array = new JsonArray();
                    values.forEach(value -> array.add(write.apply(value)));
                    return array;
                }
                """);
        helpers.put("object", """
                private static <T> JsonObject object(Map<String, T> values, Function<T, Object> write) {
                    if (values == null) {
                        return null;
                    }
                    JsonObject object = new JsonObject();
                    values.forEach((key, value) -> object.put(key, write.apply(value)));
                    return object;
                }
                """);
        return helpers;
    }
}
