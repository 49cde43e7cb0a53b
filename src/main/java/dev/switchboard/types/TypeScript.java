package dev.switchboard.types;

import dev.switchboard.types.EventTypes.EventType;
import dev.switchboard.types.Shape.Dictionary;
import dev.switchboard.types.Shape.Either;
import dev.switchboard.types.Shape.Field;
import dev.switchboard.types.Shape.Listing;
import dev.switchboard.types.Shape.Named;
import dev.switchboard.types.Shape.OneOf;
import dev.switchboard.types.Shape.Plain;
import dev.switchboard.types.Shape.Struct;
import io.vertx.core.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The events of namespaces as a module of TypeScript, for the sockets of {@code switchboard.js}. */
public final class TypeScript {
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

    private final StringBuilder text = new StringBuilder();

    private TypeScript() {}

    /** The text of the module. */
    public static String of(List<NamespaceEvents> namespaces) {
        TypeScript module = new TypeScript();
        module.line("// Written by `types` of Switchboard from the configuration: change that, and write it again.");
        EventTypes.of(namespaces).forEach(module::add);
        return module.text.toString();
    }

    private void add(EventTypes types) {
        line("");
        comment("", "Events of " + types.namespace() + ": `connect<" + types.name() + "Events>(…)`.");
        line("export interface " + types.name() + "Events {");
        line("  emit: {");
        types.events().stream().filter(event -> event.declared().isTaken()).forEach(event -> emit(types, event));
        line("  };");
        line("  on: {");
        types.events().forEach(event -> event.out().ifPresent(out -> on(types, event, out)));
        line("  };");
        line("}");
        types.structs().forEach(struct -> add(types, struct));
    }

    private void emit(EventTypes types, EventType event) {
        comment("    ", event.declared().description());
        String data = event.in()
                .filter(shape -> shape != Plain.ANYTHING)
                .map(shape -> "data: " + type(types, shape))
                .orElse("data?: unknown");
        line("    " + Json.encode(event.declared().event()) + ": { " + data + "; answer: " + type(types, event.answer())
                + " };");
    }

    private void on(EventTypes types, EventType event, Shape out) {
        comment("    ", event.declared().description());
        line("    " + Json.encode(event.declared().event()) + ": " + type(types, out) + ";");
    }

    private void add(EventTypes types, Struct struct) {
        line("");
        comment("", struct.description());
        line("export interface " + types.name() + struct.name() + " {");
        for (Field field : struct.fields()) {
            comment("  ", field.description());
            line("  " + key(field.key()) + (field.required() ? "" : "?") + ": " + type(types, field.shape()) + ";");
        }
        line("}");
    }

    private static String type(EventTypes types, Optional<Shape> shape) {
        return shape.map(known -> type(types, known)).orElse("unknown");
    }

    private static String type(EventTypes types, Shape shape) {
        if (shape instanceof Plain plain) {
            return switch (plain) {
                case TEXT -> "string";
                case WHOLE, NUMBER -> "number";
                case FLAG -> "boolean";
                case NOTHING -> "null";
                case ANYTHING -> "unknown";
            };
        }
        if (shape instanceof OneOf one) {
            return one.values().stream().map(Json::encode).collect(Collectors.joining(" | "));
        }
        if (shape instanceof Listing list) {
            return "Array<" + type(types, list.of()) + ">";
        }
        if (shape instanceof Dictionary dictionary) {
            return "Record<string, " + type(types, dictionary.of()) + ">";
        }
        if (shape instanceof Either either) {
            return either.of().stream().map(one -> type(types, one)).collect(Collectors.joining(" | "));
        }
        return types.name() + ((Named) shape).name();
    }

    private static String key(String key) {
        return IDENTIFIER.matcher(key).matches() ? key : Json.encode(key);
    }

    private void comment(String indent, String description) {
        if (!description.isBlank()) {
            line(indent + "/** " + description.strip().replace("*/", "* /").replaceAll("\\s*\\R\\s*", " ") + " */");
        }
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
