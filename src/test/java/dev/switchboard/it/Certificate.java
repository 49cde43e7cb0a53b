package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for 127.0.0.1 that no authority signed.
 *
 * @param pem the certificate
 * @param key its private key, in PEM
 * @param trust trusts it, and nothing else
 */
public record Certificate(Path pem, Path key, SSLContext trust) {
    private static final String PASSWORD = "password";

    /** @param folder where the files are made: {@code certificate.pem} and {@code key.pem} */
    static Certificate make(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        return make(folder, "-validity", "2");
    }

    /** Valid as these options of keytool say. */
    public static Certificate make(Path folder, String... options)
            throws IOException, InterruptedException, GeneralSecurityException {
        return ofKind(folder, "EC", options);
    }

    /** With a key of this algorithm. */
    public static Certificate ofKind(Path folder, String algorithm, String... options)
            throws IOException, InterruptedException, GeneralSecurityException {
        Path file = folder.resolve("certificate.p12");
        Files.deleteIfExists(file);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                algorithm,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost",
                "-alias",
                "own",
                "-keystore",
                file.toString(),
                "-storepass",
                PASSWORD));
        command.addAll(List.of(options));
        Process keytool = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(keytool.exitValue())
                .as(Files.readString(folder.resolve("keytool.txt")))
                .isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return new Certificate(
                write(folder, "certificate", store.getCertificate("own").getEncoded()),
                write(folder, "key", store.getKey("own", PASSWORD.toCharArray()).getEncoded()),
                trust(store.getCertificate("own")));
    }

    private static Path write(Path folder, String name, byte[] content) throws IOException {
        String kind = name.equals("key") ? "PRIVATE KEY" : "CERTIFICATE";
        String text = Base64.getMimeEncoder().encodeToString(content);
        return Files.writeString(
                folder.resolve(name + ".pem"),
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, text));
    }

    private static SSLContext trust(java.security.cert.Certificate certificate)
            throws IOException, GeneralSecurityException {
        KeyStore known = KeyStore.getInstance("PKCS12");
        known.load(null, null);
        known.setCertificateEntry("own", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(known);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
