package dev.switchboard.config;

import static dev.switchboard.config.Reading.read;
import static dev.switchboard.config.Reading.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.switchboard.it.Certificate;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsConfigTest {
    @TempDir
    private static Path folder;

    private static Path certificate;
    private static Path key;
    private static Path otherKey;
    private static Path rubbish;

    @BeforeAll
    static void make() throws Exception {
        Certificate made = Certificate.make(folder, "-validity", "2");
        certificate = made.pem();
        key = made.key();
        otherKey = Certificate.make(Files.createDirectory(folder.resolve("other")), "-validity", "2")
                .key();
        rubbish = Files.writeString(folder.resolve("rubbish.pem"), "-----BEGIN RUBBISH-----");
        ownersAlone(key);
        Files.copy(certificate, folder.resolve("trust.pem"));
    }

    private static void ownersAlone(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private static JsonObject http(Object certificate, Object key) {
        return new JsonObject()
                .put(
                        "http",
                        new JsonObject()
                                .put(
                                        "tls",
                                        new JsonObject()
                                                .put("certificate", certificate.toString())
                                                .put("key", key.toString())));
    }

    private static Optional<TlsConfig> tls(Map<String, String> environment) {
        return read("{}", environment).http().tls();
    }

    // ---- the server's

    @Test
    void http_certificateAndKey_areTakenWithoutAWarning() throws Exception {
        TlsConfig tls = SwitchboardConfig.read(http(certificate, key), Map.of(), Reading::exists)
                .http()
                .tls()
                .orElseThrow();

        assertThat(tls).isEqualTo(new TlsConfig(certificate, key, Optional.empty()));
        assertThat(tls.load().warnings()).isEmpty();
        assertThat(tls.load().trust()).isEmpty();
    }

    @Test
    void http_variables_areTaken() {
        assertThat(tls(Map.of(
                        "SWITCHBOARD_HTTP_TLS_CERTIFICATE", certificate.toString(),
                        "SWITCHBOARD_HTTP_TLS_KEY", key.toString(),
                        "SWITCHBOARD_HTTP_TLS_TRUST", certificate.toString())))
                .contains(new TlsConfig(certificate, key, Optional.of(certificate)));
        assertThat(tls(Map.of())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA"})
    void http_keyOfAnyCommonKind_fits(String algorithm) throws Exception {
        Certificate made = Certificate.ofKind(Files.createTempDirectory(folder, "kind"), algorithm);

        assertThat(new TlsConfig(made.pem(), made.key(), Optional.empty()).load())
                .isNotNull();
    }

    @Test
    void http_everythingWrong_isToldAtOnceWithPaths() {
        assertThat(refusal(http("missing.pem", rubbish).mergeIn(new JsonObject().put("token", 1)))
                        .faults())
                .contains(
                        new Fault("http.tls.certificate", "names a file that cannot be read: \"missing.pem\""),
                        new Fault("token", "must be an object, not 1"));
        assertThat(refusal(http(rubbish, "missing.pem")).faults())
                .containsExactly(
                        new Fault("http.tls.key", "names a file that cannot be read: \"missing.pem\""),
                        new Fault(
                                "http.tls.certificate",
                                "names a file that holds no certificate in PEM: \"" + rubbish + "\""));
    }

    @Test
    void http_keyOfAnotherCertificate_isAFault() {
        assertThat(refusal(http(certificate, otherKey)).faults())
                .containsExactly(new Fault(
                        "http.tls.key",
                        "does not fit the certificate in \"" + certificate + "\": \"" + otherKey + "\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rubbish.pem", "certificate.pem"})
    void http_noKeyInTheFile_isAFault(String file) {
        assertThat(refusal(http(certificate, folder.resolve(file))).faults())
                .containsExactly(new Fault(
                        "http.tls.key",
                        "names a file that holds no private key of RSA or EC in PEM without a password: \""
                                + folder.resolve(file) + "\""));
    }

    @Test
    void http_sectionWithoutFiles_isAFaultForEach() {
        assertThat(refusal("{\"http\": {\"tls\": {\"cert\": \"a.pem\"}}}").faults())
                .extracting(Fault::path)
                .containsExactly("http.tls.certificate", "http.tls.key", "http.tls.cert");
        assertThat(refusal("{}", Map.of("SWITCHBOARD_HTTP_TLS_KEY", key.toString()))
                        .faults())
                .containsExactly(new Fault("http.tls.certificate", "must name a PEM file"));
    }

    @Test
    void http_trustWithoutCertificates_isAFault() {
        JsonObject given = http(certificate, key);
        given.getJsonObject("http").getJsonObject("tls").put("trust", rubbish.toString());

        assertThat(refusal(given).faults()).extracting(Fault::path).containsExactly("http.tls.trust");
    }

    // ---- what is only warned of

    @Test
    void load_expired_warns() throws Exception {
        Certificate old =
                Certificate.make(Files.createDirectory(folder.resolve("old")), "-startdate", "-10d", "-validity", "2");
        ownersAlone(old.key());

        assertThat(new TlsConfig(old.pem(), old.key(), Optional.empty()).load().warnings())
                .singleElement()
                .asString()
                .startsWith("The certificate in " + old.pem() + " has expired: it was valid until 20");
    }

    @Test
    void load_notYetValid_warns() throws Exception {
        Certificate early = Certificate.make(
                Files.createDirectory(folder.resolve("early")), "-startdate", "+10d", "-validity", "2");
        ownersAlone(early.key());

        assertThat(new TlsConfig(early.pem(), early.key(), Optional.empty())
                        .load()
                        .warnings())
                .singleElement()
                .asString()
                .contains("is not valid yet");
    }

    @Test
    void load_keyThatOthersCanRead_warns() throws Exception {
        Path open = Files.copy(key, folder.resolve("open.pem"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r-----"));

        assertThat(new TlsConfig(certificate, open, Optional.empty()).load().warnings())
                .containsExactly("The private key in " + open + " can be read by others than its owner: chmod 600.");
    }

    // ---- the nodes'

    private static JsonObject cluster(JsonObject tls) {
        return new JsonObject().put("cluster", new JsonObject().put("tls", tls));
    }

    @Test
    void cluster_folder_isThreeFiles() {
        TlsConfig expected = new TlsConfig(certificate, key, Optional.of(folder.resolve("trust.pem")));
        JsonObject given = cluster(new JsonObject().put("folder", folder.toString()));

        assertThat(ClusterConfig.read(given, Map.of()).tls()).contains(expected);
        assertThat(ClusterConfig.read(new JsonObject(), Map.of("SWITCHBOARD_CLUSTER_TLS_FOLDER", folder.toString()))
                        .tls())
                .contains(expected);
        assertThat(ClusterConfig.read(new JsonObject(), Map.of()).tls()).isEmpty();
    }

    @Test
    void cluster_files_areTaken() {
        JsonObject files = new JsonObject()
                .put("certificate", certificate.toString())
                .put("key", key.toString())
                .put("trust", certificate.toString());

        assertThat(ClusterConfig.read(cluster(files), Map.of()).tls())
                .contains(new TlsConfig(certificate, key, Optional.of(certificate)));
    }

    @Test
    void cluster_withoutTrust_isAFault() {
        JsonObject files =
                new JsonObject().put("certificate", certificate.toString()).put("key", key.toString());

        assertThat(refusal(cluster(files)).faults()).extracting(Fault::path).containsExactly("cluster.tls.trust");
        assertThat(refusal(cluster(new JsonObject())).faults())
                .extracting(Fault::path)
                .containsExactly("cluster.tls.trust");
    }

    @Test
    void cluster_folderAndFiles_isAFault() {
        JsonObject both = new JsonObject().put("folder", folder.toString()).put("key", key.toString());

        assertThat(refusal(cluster(both)).faults())
                .containsExactly(new Fault("cluster.tls.folder", "must not be given together with single files"));
    }

    @Test
    void cluster_folderWithoutFiles_isAFaultForEach() {
        assertThat(refusal(cluster(new JsonObject().put("folder", "nowhere"))).faults())
                .hasSize(3)
                .allSatisfy(fault -> assertThat(fault.path()).isEqualTo("cluster.tls.folder"));
    }
}
