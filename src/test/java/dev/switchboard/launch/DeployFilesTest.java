package dev.switchboard.launch;

import static dev.switchboard.launch.DeployFiles.FOLDER;
import static dev.switchboard.launch.DeployFiles.arguments;
import static dev.switchboard.launch.DeployFiles.configuration;
import static dev.switchboard.launch.DeployFiles.container;
import static dev.switchboard.launch.DeployFiles.found;
import static dev.switchboard.launch.DeployFiles.graceOfPod;
import static dev.switchboard.launch.DeployFiles.graceOfUnit;
import static dev.switchboard.launch.DeployFiles.manifest;
import static dev.switchboard.launch.DeployFiles.path;
import static dev.switchboard.launch.DeployFiles.pod;
import static dev.switchboard.launch.DeployFiles.text;
import static dev.switchboard.launch.DeployFiles.texts;
import static dev.switchboard.launch.DeployFiles.unit;
import static dev.switchboard.launch.DeployFiles.variables;
import static dev.switchboard.launch.DeployFiles.variablesOfImage;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryXmlConfig;
import com.hazelcast.config.XmlConfigBuilder;
import dev.switchboard.config.ConfigurationException;
import dev.switchboard.config.SwitchboardConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The files of {@code conf/deploy} name settings, ports, paths and words that are there. */
final class DeployFilesTest {
    private static final String ADDRESS = "10.1.2.3";
    private static final int CLOSING_SECONDS = 10;

    private static SwitchboardConfig read(JsonObject json, Map<String, String> environment) {
        return SwitchboardConfig.read(json, environment, verticle -> true);
    }

    /** What the JVM and the launcher make of a command line; the launcher's own words begin at {@code run}. */
    private static void assertLauncherKnows(List<String> words) {
        assertThat(Main.commandLine()
                        .parseArgs(words.toArray(String[]::new))
                        .subcommand()
                        .commandSpec()
                        .name())
                .isEqualTo("run");
        assertThat(words.get(1)).isEqualTo(Main.SWITCHBOARD);
    }

    private static void assertJvmTakes(String options) throws Exception {
        List<String> command = new ArrayList<>(List.of(Program.JAVA));
        command.addAll(List.of(options.split(" ")));
        command.add("-version");
        Process jvm = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(jvm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(jvm.exitValue()).as(said).isZero();
    }

    // ---- Kubernetes

    private static JsonObject named(JsonArray all, String name) {
        return all.stream()
                .map(JsonObject.class::cast)
                .filter(one -> name.equals(one.getString("name")))
                .findFirst()
                .orElseThrow();
    }

    private static SwitchboardConfig kubernetes() throws IOException {
        Map<String, String> fromElsewhere =
                Map.of("POD_IP", ADDRESS, "SWITCHBOARD_TOKEN_KEY", "a key that is long enough for HS256, at least");
        return read(new JsonObject(configuration().get("node.json")), variables(fromElsewhere));
    }

    @Test
    void kubernetes_configuration_isOne_andTakesTheVariables() throws Exception {
        SwitchboardConfig config = kubernetes();

        assertThat(config.cluster().trustedNetwork()).isTrue();
        assertThat(config.token().key()).isPresent();
        assertThat(config.http().trustedProxies()).hasSize(1);
        assertThat(config.namespaces()).isEqualTo(chat().namespaces());
        assertThat(config.handlers()).isEqualTo(chat().handlers());
    }

    /** What the image has, and what starts: its handler has these events. */
    private static SwitchboardConfig chat() throws IOException {
        return read(new JsonObject(Files.readString(Path.of("conf/chat.json"))), Map.of());
    }

    @Test
    void kubernetes_ports_areThoseThatAreListenedOn() throws Exception {
        JsonArray ports = container().getJsonArray("ports");
        String image = text("Containerfile");

        assertThat(found(image, "SWITCHBOARD_HTTP_PORT=(\\d+)"))
                .containsExactly(
                        named(ports, "http").getInteger("containerPort").toString());
        assertThat(found(image, "EXPOSE (\\d+)")).isEqualTo(found(image, "SWITCHBOARD_HTTP_PORT=(\\d+)"));
        assertThat(named(ports, "hazelcast").getInteger("containerPort"))
                .isEqualTo(hazelcast().getNetworkConfig().getPort());
        for (String service : List.of("switchboard", "switchboard-nodes")) {
            JsonObject port = manifest("Service", service)
                    .getJsonObject("spec")
                    .getJsonArray("ports")
                    .getJsonObject(0);
            assertThat(named(ports, port.getString("targetPort"))).isNotNull();
        }
        JsonObject backend = manifest("Ingress", "switchboard")
                .getJsonObject("spec")
                .getJsonArray("rules")
                .getJsonObject(0)
                .getJsonObject("http")
                .getJsonArray("paths")
                .getJsonObject(0)
                .getJsonObject("backend")
                .getJsonObject("service");
        assertThat(named(
                        manifest("Service", backend.getString("name"))
                                .getJsonObject("spec")
                                .getJsonArray("ports"),
                        backend.getJsonObject("port").getString("name")))
                .isNotNull();
    }

    @Test
    void kubernetes_probes_askWhatIsThere() throws Exception {
        String routes = Files.readString(Path.of("src/main/java/dev/switchboard/http/HealthRoutes.java"));
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            assertThat(routes).contains('"' + path(probe) + '"');
            assertThat(container().getJsonObject(probe).getJsonObject("httpGet").getString("port"))
                    .isEqualTo("http");
        }
        assertThat(path("livenessProbe")).isEqualTo("/health/live");
    }

    @Test
    void kubernetes_grace_isLongEnoughToGoDown() throws Exception {
        var drain = kubernetes().http().drain();

        assertThat(graceOfPod())
                .isGreaterThan(drain.spread().plus(drain.limit()).plusSeconds(CLOSING_SECONDS));
    }

    @Test
    void kubernetes_command_isOneOfTheLauncher() throws Exception {
        List<String> words = arguments(Map.of("POD_IP", ADDRESS));

        assertLauncherKnows(words);
        String mount = container().getJsonArray("volumeMounts").getJsonObject(0).getString("mountPath");
        assertThat(words.get(words.indexOf("-conf") + 1)).isEqualTo(mount + "/node.json");
        assertThat(found(text("Containerfile"), "WORKDIR (\\S+)")).containsExactly(mount.replace("/conf", ""));
        assertThat(found(text("Containerfile"), "--uid (\\d+)"))
                .containsExactly(pod().getJsonObject("securityContext")
                        .getInteger("runAsUser")
                        .toString());
    }

    private static Config hazelcast() throws IOException {
        return new InMemoryXmlConfig(configuration().get("cluster.xml"));
    }

    /** But for how nodes find each other it is the one that comes along. */
    @Test
    void kubernetes_cluster_findsItsNodesByTheirService() throws Exception {
        Config config = hazelcast();
        var join = config.getNetworkConfig().getJoin();

        assertThat(join.getKubernetesConfig().isEnabled()).isTrue();
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
        assertThat(manifest("Service", join.getKubernetesConfig().getProperty("service-dns"))
                        .getJsonObject("spec")
                        .getString("clusterIP"))
                .isEqualTo("None");
        try (var file = Files.newInputStream(Path.of("conf/cluster.xml"))) {
            Config usual = new XmlConfigBuilder(file).build();
            assertThat(config.getClusterName()).isEqualTo(usual.getClusterName());
            assertThat(config.getMapConfigs().keySet())
                    .containsAll(usual.getMapConfigs().keySet());
            assertThat(config.getMultiMapConfig("__vertx.subs")).isEqualTo(usual.getMultiMapConfig("__vertx.subs"));
            config.getProperties()
                    .forEach((name, value) ->
                            assertThat(value).as("%s", name).isEqualTo(usual.getProperty((String) name)));
        }
    }

    // ---- the others

    private static Map<String, String> events(JsonObject namespace) {
        Map<String, String> events = new HashMap<>();
        namespace.getJsonObject("events").forEach(event -> events.put(event.getKey(), (String) event.getValue()));
        return events;
    }

    @Test
    void container_optionsAndCommand_areThoseOfJvmAndLauncher() throws Exception {
        String image = text("Containerfile");

        assertJvmTakes(variablesOfImage().get("JAVA_OPTS"));
        assertLauncherKnows(texts(new JsonArray(found(image, "CMD (\\[.*])").get(0))));
        for (String source : found(image, "COPY (\\S+) ")) {
            assertThat(source.equals("target/switchboard.jar") || Files.exists(Path.of(source)))
                    .as(source)
                    .isTrue();
        }
        assertThat(found(image, "-jar switchboard.jar (\\w+)").get(0)).isEqualTo("archive");
        assertThat(Main.commandLine().getSubcommands()).containsKey("archive");
        assertThat(found(image, "ArchiveClassesAtExit=(\\S+)")).isEqualTo(found(image, "SharedArchiveFile=(\\S+)"));
    }

    @Test
    void unit_command_isOneOfTheLauncher_andStopsLateEnough() throws Exception {
        String command = unit("ExecStart").get(0);

        assertLauncherKnows(
                Arrays.asList(command.substring(command.indexOf(" run ") + 1).split(" ")));
        assertJvmTakes(
                found(String.join("\n", unit("Environment")), "JAVA_OPTS=(.*)").get(0));
        var drain = read(new JsonObject(), Map.of()).http().drain();
        assertThat(graceOfUnit())
                .isGreaterThan(drain.spread().plus(drain.limit()).plusSeconds(CLOSING_SECONDS));
        assertThat(unit("Environment"))
                .contains("SWITCHBOARD_RUN_DIR=/run/" + unit("RuntimeDirectory").get(0));
    }

    /** The files that it names are not on this machine: that is all that is wrong with it. */
    @Test
    void tls_everyKey_isASetting() throws Exception {
        JsonObject json = new JsonObject(text("tls.json"));
        Set<String> missing = new HashSet<>();
        try {
            read(json, Map.of());
        } catch (ConfigurationException incomplete) {
            incomplete.faults().forEach(fault -> missing.add(fault.path()));
        }

        assertThat(missing)
                .containsExactlyInAnyOrder(
                        "http.tls.certificate", "http.tls.key", "cluster.tls.folder", "token.keyFile");
        assertThat(chat().namespaces().get("/").events())
                .containsAllEntriesOf(events(json.getJsonObject("namespaces").getJsonObject("/")));
    }

    @Test
    void variables_thatAnyFileNames_areSettings() throws Exception {
        String known = Files.readString(Path.of("src/site/markdown/configuration.md"))
                + Files.readString(Path.of("src/site/markdown/deploying.md"));
        try (var files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                Pattern.compile("SWITCHBOARD_\\w+")
                        .matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .forEach(name -> {
                            String[] parts = name.toLowerCase(Locale.ROOT).split("_", 3);
                            String key = parts.length < 3 ? name : parts[1] + "." + parts[2].replace("_", "");
                            assertThat(known.contains(name)
                                            || known.toLowerCase(Locale.ROOT).contains("`" + key + "`"))
                                    .as("%s in %s", name, file)
                                    .isTrue();
                        });
            }
        }
    }
}
