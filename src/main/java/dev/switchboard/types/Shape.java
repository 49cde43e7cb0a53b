package dev.switchboard.types;

import java.util.List;

/** What data looks like, as far as types of a programming language can say it. */
sealed interface Shape {
    /** Without parts. */
    enum Plain implements Shape {
        TEXT,
        WHOLE,
        NUMBER,
        FLAG,
        NOTHING,
        ANYTHING
    }

    /** One of these: texts, numbers, true, false, null. */
    record OneOf(List<Object> values) implements Shape {}

    record Listing(Shape of) implements Shape {}

    /** An object whose keys are free. */
    record Dictionary(Shape of) implements Shape {}

    /** Any of these. */
    record Either(List<Shape> of) implements Shape {}

    /** An object with keys that are known. */
    record Named(String name) implements Shape {}

    /**
     * What a name stands for.
     *
     * @param description for people; may be empty
     */
    record Struct(String name, String description, List<Field> fields) {}

    /** A key of an object. */
    record Field(String key, Shape shape, boolean required, String description) {}
}
