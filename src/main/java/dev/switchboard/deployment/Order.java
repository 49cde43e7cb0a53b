package dev.switchboard.deployment;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What is to be deployed, or undeployed.
 *
 * @param name what the user calls it
 * @param verticle what Vert.x calls it: the bare name of a file, whose folder is among the roots
 * @param file the source, if it is one
 * @param roots folders and jars that come before those of the node
 * @param config the verticle's own configuration; empty to keep what it has
 * @param instances how many; empty to keep the number
 */
public record Order(
        String name,
        String verticle,
        Optional<Path> file,
        List<Path> roots,
        Optional<JsonObject> config,
        Optional<Integer> instances) {

    /** The same verticle again, as it is. */
    static Order again(Running running) {
        return new Order(
                running.name(),
                running.verticle(),
                running.source().path(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    static Order of(JsonObject json) {
        return new Order(
                json.getString("name"),
                json.getString("verticle"),
                Optional.ofNullable(json.getString("file")).map(Path::of),
                json.getJsonArray("roots", new JsonArray()).stream()
                        .map(root -> Path.of((String) root))
                        .toList(),
                Optional.ofNullable(json.getJsonObject("config")),
                Optional.ofNullable(json.getInteger("instances")));
    }

    /** As it travels. */
    public JsonObject json() {
        JsonObject json = new JsonObject().put("name", name).put("verticle", verticle);
        file.ifPresent(path -> json.put("file", path.toString()));
        json.put("roots", new JsonArray(roots.stream().map(Path::toString).toList()));
        config.ifPresent(given -> json.put("config", given));
        instances.ifPresent(given -> json.put("instances", given));
        return json;
    }

    /** Whether a running verticle is the one that is meant: by its name, or else by its file. */
    boolean means(Running running) {
        if (running.name().equals(name) || running.verticle().equals(name)) {
            return true;
        }
        Optional<Path> other = running.source().path();
        boolean haveFiles = file.isPresent() && other.isPresent();
        return haveFiles ? other.equals(file) : running.verticle().equals(verticle);
    }
}
