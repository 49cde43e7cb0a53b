package dev.switchboard.launch;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What the files of {@code conf/deploy} say to whoever reads them in production. */
public final class DeployFiles {
    static final Path FOLDER = Path.of("conf/deploy");

    private DeployFiles() {}

    static String text(String file) throws IOException {
        return Files.readString(FOLDER.resolve(file));
    }

    static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    // ---- Kubernetes

    static JsonObject manifest(String kind, String name) throws IOException {
        List<JsonObject> all = new ArrayList<>();
        new Yaml(new SafeConstructor(new LoaderOptions()))
                .loadAll(text("kubernetes.yaml"))
                .forEach(document -> all.add(json((Map<?, ?>) document)));
        return all.stream()
                .filter(one -> one.getString("kind").equals(kind)
                        && one.getJsonObject("metadata").getString("name").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonObject json(Map<?, ?> document) {
        JsonObject json = new JsonObject();
        document.forEach((key, value) -> json.put((String) key, value));
        return new JsonObject(json.encode());
    }

    /** The files that the ConfigMap puts beside each other. */
    public static Map<String, String> configuration() throws IOException {
        Map<String, String> files = new HashMap<>();
        manifest("ConfigMap", "switchboard")
                .getJsonObject("data")
                .forEach(file -> files.put(file.getKey(), (String) file.getValue()));
        return files;
    }

    static JsonObject pod() throws IOException {
        return manifest("Deployment", "switchboard")
                .getJsonObject("spec")
                .getJsonObject("template")
                .getJsonObject("spec");
    }

    static JsonObject container() throws IOException {
        return pod().getJsonArray("containers").getJsonObject(0);
    }

    /** Where a probe of the pod asks. */
    public static String path(String probe) throws IOException {
        return container().getJsonObject(probe).getJsonObject("httpGet").getString("path");
    }

    /** How long Kubernetes waits before it sends SIGTERM. */
    static Duration preStop() throws IOException {
        return Duration.ofSeconds(Integer.parseInt(container()
                .getJsonObject("lifecycle")
                .getJsonObject("preStop")
                .getJsonObject("exec")
                .getJsonArray("command")
                .getString(1)));
    }

    /** How long a pod has from SIGTERM to SIGKILL. */
    public static Duration graceOfPod() throws IOException {
        return Duration.ofSeconds(pod().getInteger("terminationGracePeriodSeconds"))
                .minus(preStop());
    }

    /** The variables of the pod; those that come from elsewhere have what is given. */
    public static Map<String, String> variables(Map<String, String> fromElsewhere) throws IOException {
        Map<String, String> variables = new HashMap<>();
        container().getJsonArray("env").stream()
                .map(JsonObject.class::cast)
                .forEach(one -> variables.put(
                        one.getString("name"), one.getString("value", fromElsewhere.get(one.getString("name")))));
        return variables;
    }

    /** What the pod gives the image as arguments, with the variables in their places. */
    public static List<String> arguments(Map<String, String> variables) throws IOException {
        return texts(container().getJsonArray("args")).stream()
                .map(word -> Pattern.compile("\\$\\((\\w+)\\)")
                        .matcher(word)
                        .replaceAll(name -> variables.get(name.group(1))))
                .toList();
    }

    // ---- the image

    /** The variables of the image. */
    public static Map<String, String> variablesOfImage() throws IOException {
        String all =
                found(text("Containerfile").replace("\\\n", " "), "ENV (.*)").get(0);
        Map<String, String> variables = new HashMap<>();
        Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))")
                .matcher(all)
                .results()
                .forEach(one -> variables.put(one.group(1), one.group(2) == null ? one.group(3) : one.group(2)));
        return variables;
    }

    /** What the image runs, before its arguments. */
    public static List<String> entryPoint() throws IOException {
        return texts(new JsonArray(
                found(text("Containerfile"), "ENTRYPOINT (\\[.*])").get(0)));
    }

    static List<String> texts(JsonArray words) {
        return words.stream().map(Object::toString).toList();
    }

    // ---- systemd

    /** How long the unit has from SIGTERM to SIGKILL. */
    public static Duration graceOfUnit() throws IOException {
        return Duration.ofSeconds(Integer.parseInt(unit("TimeoutStopSec").get(0)));
    }

    /** The values of a setting of the unit, in their order. */
    public static List<String> unit(String setting) throws IOException {
        return found(text("switchboard.service"), "(?m)^" + setting + "=(.*)$");
    }
}
