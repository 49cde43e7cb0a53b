package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.launch.DeployFiles;
import dev.switchboard.launch.Program;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes as the files of {@code conf/deploy} start them, without an engine. Only what an engine would do is done otherwise:
 * their folders are below one of the test, the port is any that is free on loopback, and nobody's name leads to other nodes.
 */
@Timeout(60)
class DeployIT {
    /** For one who starts only to end again. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    @TempDir
    private Path folder;

    /** The place on this machine of what the files call by its place in production. */
    private String here(String text) {
        return text.replaceAll("(^|=)/(?=app|opt|etc|run)", "$1" + folder + "/");
    }

    private Path makeFolder(String place) throws IOException {
        return Files.createDirectories(Path.of(here(place)));
    }

    private void place(String jar) throws IOException {
        Files.copy(Program.JAR, Path.of(here(jar)));
    }

    private static void hurry(Map<String, String> variables) {
        variables.compute("JAVA_OPTS", (name, options) -> options + " " + QUICK);
    }

    private Program start(String workingDirectory, Map<String, String> variables, List<String> command)
            throws IOException {
        Map<String, String> all = new HashMap<>();
        variables.forEach((name, value) -> all.put(name, here(value)));
        all.put("SWITCHBOARD_HTTP_HOST", "127.0.0.1");
        all.put("SWITCHBOARD_HTTP_PORT", "0");
        all.put("PATH", Path.of(Program.JAVA).getParent() + ":" + System.getenv("PATH"));
        return Program.start(
                Path.of(here(workingDirectory)),
                all,
                command.stream().map(this::here).toList());
    }

    /** Two people say something in the chat that comes along, and who looks after the node finds it ready. */
    private static void assertChats(Program program) {
        ForkedNode node = ForkedNode.serving(program);
        try (Clients clients = new Clients(node, Transport.JDK_WEBSOCKET)) {
            TestClient ann = clients.openAs("ann");
            TestClient ben = clients.openAs("ben");
            ann.answer("join", "tea");
            ben.answer("join", "tea");

            Object answer =
                    ann.answer("message", new JsonObject().put("room", "tea").put("text", "It is hot"));

            assertThat(((JsonObject) answer).getLong("at")).isPositive();
            JsonObject said = (JsonObject) ben.data("message");
            assertThat(said.getString("text")).isEqualTo("It is hot");
            assertThat(said.getJsonObject("from").getString("id")).isEqualTo("ann");
        }
    }

    private static void assertReady(Program program, String path) {
        String url = "http://127.0.0.1:" + ForkedNode.serving(program).port() + path;
        await().atMost(Inbox.DEADLINE).untilAsserted(() -> {
            HttpResponse<String> answer = HttpClients.request("GET", url, "");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        });
    }

    /** Where deploy and list look for it; and it is the process that is told to end. */
    private void assertTakesOrders(Program program, String runDirectory) {
        Path socket = Path.of(here(runDirectory + "/" + program.handle().pid() + ".sock"));
        await().atMost(Inbox.DEADLINE).until(() -> Files.exists(socket));
    }

    // ---- Kubernetes

    /** Without the Service that knows the other nodes. */
    private static String onLoopback(String clusterXml, int port) {
        String xml = clusterXml
                .replace(">5701<", ">" + port + "<")
                .replaceFirst("(?s)<kubernetes enabled=\"true\">.*</kubernetes>", "<tcp-ip enabled=\"true\"/>");
        assertThat(xml).doesNotContain("5701").contains("<tcp-ip enabled=\"true\"/>");
        return xml;
    }

    @Test
    void pod_startsFromItsConfigMap_andIsReady_andServes() throws Exception {
        makeFolder("/app/conf");
        place("/app/switchboard.jar");
        Map<String, String> files = new HashMap<>(DeployFiles.configuration());
        int port = Ports.free();
        files.computeIfPresent("cluster.xml", (name, xml) -> onLoopback(xml, port));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(Path.of(here("/app/conf/" + file.getKey())), file.getValue());
        }
        Map<String, String> given = Map.of("POD_IP", "127.0.0.1", "SWITCHBOARD_TOKEN_KEY", Tokens.KEY);
        Map<String, String> ofPod = DeployFiles.variables(given);
        Map<String, String> variables = new HashMap<>(DeployFiles.variablesOfImage());
        variables.putAll(ofPod);
        hurry(variables);
        List<String> command = new ArrayList<>(DeployFiles.entryPoint());
        command.addAll(DeployFiles.arguments(ofPod));

        try (Program program = start("/app", variables, command)) {
            assertChats(program);
            assertReady(program, DeployFiles.path("readinessProbe"));
            assertTakesOrders(program, "/app/run");
            program.awaitOut("nodes in its cluster: 1", 1);
            new Socket(InetAddress.getLoopbackAddress(), port).close();
        }
    }

    // ---- systemd

    /** As systemd reads it: a variable that is a word by itself stands for as many as it has. */
    private static List<String> words(String command, Map<String, String> variables) {
        return Arrays.stream(command.split(" "))
                .flatMap(word -> word.startsWith("$")
                        ? Arrays.stream(variables.get(word.substring(1)).split(" "))
                        : Stream.of(word))
                .toList();
    }

    @Test
    void unit_starts_andIsReady_andServes() throws Exception {
        makeFolder("/run");
        makeFolder("/etc/switchboard");
        makeFolder("/opt/switchboard");
        place("/opt/switchboard/switchboard.jar");
        Files.copy(Path.of("conf/chat.json"), Path.of(here("/etc/switchboard/node.json")));
        Map<String, String> variables = new HashMap<>();
        for (String variable : DeployFiles.unit("Environment")) {
            String[] both = variable.split("=", 2);
            variables.put(both[0], both[1]);
        }
        variables.put("SWITCHBOARD_TOKEN_KEY", Tokens.KEY);
        hurry(variables);
        List<String> command =
                new ArrayList<>(words(DeployFiles.unit("ExecStart").get(0), variables));
        assertThat(command.set(0, Program.JAVA)).isEqualTo("/usr/bin/java");

        try (Program program = start(DeployFiles.unit("WorkingDirectory").get(0), variables, command)) {
            assertChats(program);
            assertReady(program, "/health/ready");
            assertTakesOrders(program, "/run/switchboard");
        }
    }
}
