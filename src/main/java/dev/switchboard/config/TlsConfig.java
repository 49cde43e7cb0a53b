package dev.switchboard.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The PEM files by which one side of TLS says who it is, and whom it believes.
 *
 * @param certificate the own certificate, and behind it those that lead to its authority
 * @param key the private key of the own certificate
 * @param trust certificates of the authorities whose word on the other side counts; without it nobody is asked who he is
 */
public record TlsConfig(Path certificate, Path key, Optional<Path> trust) {
    static final String CERTIFICATE = "certificate";
    static final String KEY = "key";
    static final String TRUST = "trust";

    private static final String FOLDER = "folder";

    /**
     * Reads the files, and checks that they belong together. Blocks.
     *
     * @throws TlsException when they cannot be used
     */
    public TlsKeys load() throws TlsException {
        return new TlsReader(this).read();
    }

    /** Of a server for everybody, who may be asked for certificates; empty when the section is not there. */
    static Optional<TlsConfig> ofServer(Section parent) {
        Section tls = parent.within("tls");
        Optional<Path> certificate = path(
                tls,
                CERTIFICATE,
                "a PEM file with the server's certificate and its chain; with it the port speaks TLS alone; see"
                        + " [TLS](limits.md#tls)");
        Optional<Path> key = path(tls, KEY, "a PEM file with the private key of it");
        Optional<Path> trust = path(
                tls, TRUST, "a PEM file with authorities; each client must then show a certificate of one of them");
        boolean given = parent.has("tls") || anyGiven(tls, List.of(CERTIFICATE, KEY, TRUST));
        return given ? checked(tls, certificate, key, trust) : Optional.empty();
    }

    /** Among equals: either side shows the other a certificate. Empty when the section is not there. */
    static Optional<TlsConfig> ofPeer(Section parent) {
        Section tls = parent.within("tls");
        Optional<Path> folder = path(
                tls,
                FOLDER,
                "a folder with `certificate.pem`, `key.pem` and `trust.pem`, as `./run.sh keys` makes it; nodes then know"
                        + " each other on the event bus by their certificates; see [The cluster's"
                        + " ports](limits.md#the-clusters-ports)");
        Optional<Path> certificate = path(tls, CERTIFICATE, "the first of these files singly, instead of a folder");
        Optional<Path> key = path(tls, KEY, "the second");
        Optional<Path> trust = path(tls, TRUST, "the third");
        boolean singly = anyGiven(tls, List.of(CERTIFICATE, KEY, TRUST));
        if (folder.isPresent()) {
            if (singly) {
                tls.fault(FOLDER, "must not be given together with single files");
                return Optional.empty();
            }
            return checked(tls, FOLDER, inFolder(folder.get()));
        }
        if (!parent.has("tls") && !singly && tls.given(FOLDER).isEmpty()) {
            return Optional.empty();
        }
        if (tls.given(TRUST).isEmpty() && tls.given(FOLDER).isEmpty()) {
            tls.fault(TRUST, "must name the file with the certificate of the authority that signs the nodes'");
            return Optional.empty();
        }
        return checked(tls, certificate, key, trust);
    }

    private static TlsConfig inFolder(Path folder) {
        return new TlsConfig(
                folder.resolve("certificate.pem"), folder.resolve("key.pem"), Optional.of(folder.resolve("trust.pem")));
    }

    private static boolean anyGiven(Section tls, List<String> keys) {
        return keys.stream().anyMatch(key -> tls.given(key).isPresent());
    }

    private static Optional<Path> path(Section tls, String key, String meaning) {
        return tls.key(key, meaning).string().flatMap(name -> {
            try {
                return Optional.of(Path.of(name));
            } catch (InvalidPathException impossible) {
                tls.fault(key, "is no name of a file: " + Given.quoted(name));
                return Optional.empty();
            }
        });
    }

    private static Optional<TlsConfig> checked(
            Section tls, Optional<Path> certificate, Optional<Path> key, Optional<Path> trust) {
        List<String> missing = new ArrayList<>();
        if (tls.given(CERTIFICATE).isEmpty()) {
            missing.add(CERTIFICATE);
        }
        if (tls.given(KEY).isEmpty()) {
            missing.add(KEY);
        }
        missing.forEach(name -> tls.fault(name, "must name a PEM file"));
        return certificate.isPresent() && key.isPresent()
                ? checked(tls, "", new TlsConfig(certificate.get(), key.get(), trust))
                : Optional.empty();
    }

    /** @param from the key that all the files come from; empty when each has its own */
    private static Optional<TlsConfig> checked(Section tls, String from, TlsConfig files) {
        try {
            files.load();
            return Optional.of(files);
        } catch (TlsException unusable) {
            unusable.faults().forEach(fault -> tls.fault(from.isEmpty() ? fault.path() : from, fault.message()));
            return Optional.empty();
        }
    }
}
