package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.switchboard.launch.Program;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes whose event bus asks everybody for a certificate of their authority, as {@code keys} makes them. */
@Timeout(120)
class BusTlsIT {
    private static final String VARIABLE = "SWITCHBOARD_CLUSTER_TLS_FOLDER";

    @TempDir
    private static Path folder;

    private static Path keys;
    private static ForkedCluster cluster;
    private static List<ForkedNode> nodes;

    @BeforeAll
    static void start() throws Exception {
        assertThat(keys("keys", "localhost", "10.1.2.3").awaitExit()).isZero();
        keys = folder.resolve("keys");
        cluster = new ForkedCluster(
                folder, Map.of(VARIABLE, keys.resolve("localhost").toString()));
        nodes = List.of(cluster.serve(configuration()), cluster.serve(configuration()));
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    private static Program keys(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(Program.JAVA, "-jar", Program.JAR.toString(), "keys"));
        command.addAll(List.of(words));
        return Program.start(folder, Map.of(), command);
    }

    private static JsonObject configuration() {
        JsonObject events = new JsonObject();
        WhereVerticle.EVENTS.forEach(event -> events.put(event, WhereVerticle.class.getName()));
        return new JsonObject()
                .put(
                        "namespaces",
                        new JsonObject()
                                .put("/", new JsonObject().put("auth", "none").put("events", events)));
    }

    @Test
    void clients_ofBothNodes_hearEachOther() {
        try (Clients first = new Clients(nodes.get(0), Transport.JDK_WEBSOCKET);
                Clients second = new Clients(nodes.get(1), Transport.JDK_WEBSOCKET)) {
            TestClient ann = first.open();
            TestClient bob = second.open();

            ann.emit("tell all", "hello");
            bob.emit("tell all", "and hello");

            // What one node sends overtakes what the other does.
            for (TestClient each : List.of(ann, bob)) {
                assertThat(List.of(each.data("told"), each.data("told")))
                        .containsExactlyInAnyOrder("hello", "and hello");
            }
        }
    }

    /** Every port of a node that is neither that of its clients nor Hazelcast's is that of the bus. */
    @Test
    void stranger_atThePortsOfANode_getsNoBus() throws Exception {
        Set<Integer> ports = listening(nodes.get(0).pid());
        ports.remove(nodes.get(0).port());

        List<Integer> secured = new ArrayList<>();
        for (int port : ports) {
            if (speaksTls(port)) {
                secured.add(port);
            }
        }

        assertThat(secured).as("ports that speak TLS, of " + ports).hasSize(1);
        int bus = secured.get(0);
        assertThat(answerToPlain(bus)).as("after a ping of the bus").isNotEqualTo('\u0001');
        assertThatThrownBy(() -> readWithoutCertificate(bus)).isInstanceOf(IOException.class);
    }

    /** The ports of this process, by Linux's word. */
    private static Set<Integer> listening(long pid) throws IOException {
        Set<String> own;
        try (Stream<Path> files = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            own = files.map(BusTlsIT::target).collect(Collectors.toSet());
        }
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("/proc/" + pid + "/net/tcp")));
        lines.addAll(Files.readAllLines(Path.of("/proc/" + pid + "/net/tcp6")));
        return lines.stream()
                .map(line -> line.strip().split("\\s+"))
                .filter(words -> words.length > 9 && words[3].equals("0A") && own.contains("socket:[" + words[9] + "]"))
                .map(words -> Integer.parseInt(words[1].substring(words[1].lastIndexOf(':') + 1), 16))
                .collect(Collectors.toSet());
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (java.nio.file.NoSuchFileException gone) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean speaksTls(int port) throws Exception {
        try (SSLSocket socket = connect(port)) {
            socket.startHandshake();
            return true;
        } catch (IOException otherwise) {
            return false;
        }
    }

    /** Only what comes after its own last word tells a TLS 1.3 client that it is refused. */
    private static void readWithoutCertificate(int port) throws Exception {
        try (SSLSocket socket = connect(port)) {
            socket.startHandshake();
            socket.getOutputStream().write(new byte[] {0, 0, 0, 1, 1});
            if (socket.getInputStream().read() < 0) {
                throw new IOException("hung up");
            }
        }
    }

    private static SSLSocket connect(int port) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[0], new TrustManager[] {new Credulous()}, null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(15_000);
        return socket;
    }

    private static int answerToPlain(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(new byte[] {0, 0, 0, 1, 1});
            return socket.getInputStream().read();
        }
    }

    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    // ---- the keys

    @Test
    void keys_privateOnes_areTheirOwnersAlone() throws IOException {
        for (String file : List.of("authority.p12", "localhost/key.pem", "10.1.2.3/key.pem")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve(file))))
                    .as(file)
                    .isEqualTo("rw-------");
        }
        try (Stream<Path> files = Files.list(keys.resolve("10.1.2.3"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("certificate.pem", "key.pem", "trust.pem");
        }
    }

    @Test
    void keys_thatAreThere_areNotOverwritten() throws Exception {
        byte[] before = Files.readAllBytes(keys.resolve("localhost/key.pem"));
        Program again = keys("keys", "other", "localhost");

        assertThat(again.awaitExit()).isEqualTo(1);
        assertThat(again.err()).contains("is there already, and nothing is overwritten");
        assertThat(Files.readAllBytes(keys.resolve("localhost/key.pem"))).isEqualTo(before);
        assertThat(keys.resolve("other")).doesNotExist();
    }

    @Test
    void keys_hostThatIsNone_isRefused() throws Exception {
        Program odd = keys("keys", "../elsewhere");

        assertThat(odd.awaitExit()).isEqualTo(1);
        assertThat(odd.err()).contains("'../elsewhere' is no name or address of a host");
    }
}
