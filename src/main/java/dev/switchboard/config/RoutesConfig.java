package dev.switchboard.config;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * HTTP routes of the application.
 *
 * @param type the name of the class that has them
 * @param config what it gets as its own configuration; each call returns a copy
 */
public record RoutesConfig(String type, JsonObject config) {
    private static final String EXPECTED = "the name of a class, or {\"class\": …, \"config\": {…}}";

    public RoutesConfig {
        config = config.copy();
    }

    @Override
    public JsonObject config() {
        return config.copy();
    }

    /** @param fault what is wrong with a class of some name; empty when nothing is */
    static List<RoutesConfig> read(Section http, Function<String, Optional<String>> fault) {
        List<RoutesConfig> all = new ArrayList<>();
        Key key =
                http.key("routes", "classes with HTTP routes of the application; see [Own routes](http.md#own-routes)");
        for (Given entry : key.oneOrMore(EXPECTED)) {
            Optional<RoutesConfig> routes = entry.as(JsonObject.class)
                    .flatMap(RoutesConfig::of)
                    .or(() -> entry.text().map(name -> new RoutesConfig(name, new JsonObject())));
            if (routes.isEmpty()) {
                http.report(entry.fault(EXPECTED));
            } else {
                fault.apply(routes.get().type)
                        .ifPresentOrElse(wrong -> http.report(entry.where(), wrong), () -> all.add(routes.get()));
            }
        }
        return List.copyOf(all);
    }

    private static Optional<RoutesConfig> of(JsonObject json) {
        boolean known = json.fieldNames().stream().allMatch(key -> key.equals("class") || key.equals("config"));
        return known
                        && json.getValue("class") instanceof String type
                        && json.getValue("config", new JsonObject()) instanceof JsonObject config
                ? Optional.of(new RoutesConfig(type, config))
                : Optional.empty();
    }
}
