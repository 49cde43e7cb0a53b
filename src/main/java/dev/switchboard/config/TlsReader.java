package dev.switchboard.config;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/** Reads and checks the files of one {@link TlsConfig}, once. Shows nothing of a key. */
final class TlsReader {
    private static final int LONGEST = 1024 * 1024;
    private static final byte[] SAMPLE = {1};
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final TlsConfig files;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    TlsReader(TlsConfig files) {
        this.files = files;
    }

    TlsKeys read() throws TlsException {
        Optional<Buffer> certificate = content(TlsConfig.CERTIFICATE, files.certificate());
        Optional<Buffer> key = content(TlsConfig.KEY, files.key());
        Optional<Buffer> trust = files.trust().flatMap(file -> content(TlsConfig.TRUST, file));
        List<X509Certificate> chain = certificate
                .map(pem -> certificates(TlsConfig.CERTIFICATE, files.certificate(), pem))
                .orElse(List.of());
        trust.ifPresent(pem -> certificates(TlsConfig.TRUST, files.trust().orElseThrow(), pem));
        PemKeyCertOptions own = new PemKeyCertOptions();
        certificate.ifPresent(own::addCertValue);
        key.ifPresent(own::addKeyValue);
        if (key.isPresent() && !chain.isEmpty()) {
            checkKey(own, chain.get(0));
        }
        if (!faults.isEmpty()) {
            throw new TlsException(faults);
        }
        warnOfTimes(chain.get(0));
        warnOfReaders();
        return new TlsKeys(own, trust.map(pem -> new PemTrustOptions().addCertValue(pem)), warnings);
    }

    private Optional<Buffer> content(String role, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LONGEST + 1);
            if (bytes.length <= LONGEST) {
                return Optional.of(Buffer.buffer(bytes));
            }
            fault(role, "names a file of more than " + LONGEST + " bytes", file);
        } catch (IOException | SecurityException unreadable) {
            fault(role, "names a file that cannot be read", file);
        }
        return Optional.empty();
    }

    private void fault(String role, String message, Path file) {
        faults.add(new Fault(role, message + ": " + Given.quoted(file.toString())));
    }

    private List<X509Certificate> certificates(String role, Path file, Buffer pem) {
        try {
            List<X509Certificate> found =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(pem.getBytes()))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (!found.isEmpty() && pem.toString().contains("-----BEGIN CERTIFICATE-----")) {
                return found;
            }
        } catch (CertificateException malformed) {
            // Told below, like a file without any.
        }
        fault(role, "names a file that holds no certificate in PEM", file);
        return List.of();
    }

    /** By the same code that reads it when the server starts. */
    private void checkKey(PemKeyCertOptions own, X509Certificate certificate) {
        Optional<PrivateKey> key = privateKey(own);
        if (key.isEmpty()) {
            fault(
                    TlsConfig.KEY,
                    "names a file that holds no private key of RSA or EC in PEM without a password",
                    files.key());
        } else if (!fits(key.get(), certificate.getPublicKey())) {
            fault(
                    TlsConfig.KEY,
                    "does not fit the certificate in "
                            + Given.quoted(files.certificate().toString()),
                    files.key());
        }
    }

    private static Optional<PrivateKey> privateKey(PemKeyCertOptions own) {
        try {
            // Vert.x reads files where there are only their names, and needs an instance for nothing else.
            KeyStore store = own.copy().loadKeyStore(null);
            KeyManager[] managers = own.copy().getKeyManagerFactory(null).getKeyManagers();
            String alias = store.aliases().nextElement();
            return Arrays.stream(managers)
                    .filter(X509KeyManager.class::isInstance)
                    .map(manager -> ((X509KeyManager) manager).getPrivateKey(alias))
                    .findFirst();
        } catch (Exception malformed) {
            return Optional.empty();
        }
    }

    private static boolean fits(PrivateKey key, PublicKey certificate) {
        try {
            Signature signature = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> key.getAlgorithm();
                    });
            signature.initSign(key);
            signature.update(SAMPLE);
            byte[] signed = signature.sign();
            signature.initVerify(certificate);
            signature.update(SAMPLE);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    private void warnOfTimes(X509Certificate certificate) {
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException late) {
            warnings.add("The certificate in " + files.certificate() + " has expired: it was valid until "
                    + certificate.getNotAfter().toInstant() + ".");
        } catch (CertificateNotYetValidException early) {
            warnings.add("The certificate in " + files.certificate() + " is not valid yet, but from "
                    + certificate.getNotBefore().toInstant() + " on.");
        }
    }

    private void warnOfReaders() {
        try {
            if (Files.getPosixFilePermissions(files.key()).stream().anyMatch(OTHERS::contains)) {
                warnings.add("The private key in " + files.key() + " can be read by others than its owner: chmod 600.");
            }
        } catch (IOException | UnsupportedOperationException elsewhere) {
            // Where files have no such permissions there is nothing to say.
        }
    }
}
