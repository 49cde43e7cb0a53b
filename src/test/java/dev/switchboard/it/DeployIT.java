package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.switchboard.launch.DeployFiles;
import dev.switchboard.launch.Ports;
import dev.switchboard.launch.Program;
import dev.switchboard.wire.CloseReason;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes as the files of {@code conf/deploy} start them, without an engine. Only what an engine would do is done otherwise:
 * their folders are below one of the test, ports are any that are free on loopback, and a file stands for the DNS.
 */
@Timeout(120)
class DeployIT {
    /** For one who starts only to end again. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    /** They are sent away one by one, each 50 ms after the one before. */
    private static final int PEOPLE = 30;

    @TempDir
    private Path temporary;

    /** That of the node that was started last. */
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

    /** Two people say something in the chat that comes along. */
    private static void assertChats(Program one, Program other) {
        try (Clients here = clients(one);
                Clients there = clients(other)) {
            TestClient ann = here.openAs("ann");
            TestClient ben = there.openAs("ben");
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

    private static Clients clients(Program program) {
        return new Clients(ForkedNode.serving(program), Transport.JDK_WEBSOCKET);
    }

    private static void assertReady(Program program, String path) {
        awaitHealth(program, path, 200);
    }

    private static HttpResponse<String> awaitHealth(Program program, String path, int status) {
        String url = "http://127.0.0.1:" + ForkedNode.serving(program).port() + path;
        return await().atMost(Inbox.DEADLINE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> HttpClients.request("GET", url, ""), answer -> answer.statusCode() == status);
    }

    /**
     * It is told to end, as by whoever looks after it, who kills it when that takes longer. Its clients are so many that it
     * takes a moment, in which somebody may ask whether it is ready.
     */
    private static void assertGoesDown(Program program, String readiness, Duration grace) throws Exception {
        try (Clients all = clients(program)) {
            List<TestClient> people = IntStream.range(0, PEOPLE)
                    .mapToObj(n -> all.openAs("person " + n))
                    .toList();
            assertReady(program, readiness);

            long begun = System.nanoTime();
            program.terminate();

            JsonObject health =
                    new JsonObject(awaitHealth(program, readiness, 503).body());
            assertThat(health.getJsonArray("checks"))
                    .contains(new JsonObject().put("id", "draining").put("status", "DOWN"));
            people.forEach(person -> person.assertEnds(CloseReason.GOING_AWAY));
            assertThat(program.awaitExit()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(grace);
        }
    }

    /** Where deploy and list look for it; and it is the process that is told to end. */
    private void assertTakesOrders(Program program, String runDirectory) {
        Path socket = Path.of(here(runDirectory + "/" + program.handle().pid() + ".sock"));
        await().atMost(Inbox.DEADLINE).until(() -> Files.exists(socket));
    }

    // ---- Kubernetes

    /** The DNS of the headless Service: the JVM asks a file, and nobody else. */
    private Path service(String... addresses) throws IOException {
        List<String> lines = new ArrayList<>(List.of("127.0.0.1 localhost"));
        for (String address : addresses) {
            lines.add(address + " switchboard-nodes");
        }
        return Files.write(temporary.resolve("hosts"), lines);
    }

    /**
     * One of the Deployment's, in a folder and at an address of its own.
     *
     * @param port of Hazelcast, since that of the manifest may be taken here; the Service says it, too
     */
    private Program pod(String address, int port, Path hosts) throws IOException {
        folder = Files.createDirectories(temporary.resolve(address));
        makeFolder("/app/conf");
        place("/app/switchboard.jar");
        Map<String, String> files = new HashMap<>(DeployFiles.configuration());
        files.computeIfPresent(
                "cluster.xml",
                (name, xml) -> xml.replace(">5701<", ">" + port + "<")
                        .replace("</service-dns>", "</service-dns><service-port>" + port + "</service-port>"));
        assertThat(files.get("cluster.xml")).doesNotContain("5701");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(Path.of(here("/app/conf/" + file.getKey())), file.getValue());
        }
        Map<String, String> given = Map.of("POD_IP", address, "SWITCHBOARD_TOKEN_KEY", Tokens.KEY);
        Map<String, String> ofPod = DeployFiles.variables(given);
        Map<String, String> variables = new HashMap<>(DeployFiles.variablesOfImage());
        variables.putAll(ofPod);
        hurry(variables);
        variables.compute("JAVA_OPTS", (name, options) -> options + " -Djdk.net.hosts.file=" + hosts);
        List<String> command = new ArrayList<>(DeployFiles.entryPoint());
        command.addAll(DeployFiles.arguments(ofPod));
        return start("/app", variables, command);
    }

    @Test
    void pod_startsFromItsConfigMap_isReadyAndServes_andGoesDown() throws Exception {
        int port = Ports.free();

        try (Program program = pod("127.0.0.1", port, service("127.0.0.1"))) {
            assertChats(program, program);
            assertReady(program, DeployFiles.path("readinessProbe"));
            assertTakesOrders(program, "/app/run");
            program.awaitOut("nodes in its cluster: 1", 1);
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            assertGoesDown(program, DeployFiles.path("readinessProbe"), DeployFiles.graceOfPod());
        }
    }

    /** By the discovery of the manifest; one that goes down leaves the other ready. */
    @Test
    void podsOfTheDeployment_findEachOther() throws Exception {
        int port = Ports.free();
        Path hosts = service("127.0.0.2", "127.0.0.3");
        String readiness = DeployFiles.path("readinessProbe");

        try (Program one = pod("127.0.0.2", port, hosts);
                Program other = pod("127.0.0.3", port, hosts)) {
            assertReady(one, readiness);
            assertReady(other, readiness);
            await().atMost(Inbox.DEADLINE)
                    .untilAsserted(() -> assertThat(one.out() + other.out()).contains("nodes in its cluster: 2"));
            assertChats(one, other);
            assertChats(other, one);

            assertGoesDown(one, readiness, DeployFiles.graceOfPod());

            assertReady(other, readiness);
            assertChats(other, other);
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
    void unit_starts_isReadyAndServes_andGoesDown() throws Exception {
        folder = temporary;
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
            assertChats(program, program);
            assertReady(program, "/health/ready");
            assertTakesOrders(program, "/run/switchboard");
            assertGoesDown(program, "/health/ready", DeployFiles.graceOfUnit());
        }
    }
}
