package dev.switchboard.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The keys of a cluster in one folder: {@code authority.p12}, which signs, and a folder per host with what its node needs.
 * The JDK's keytool makes them all. Nothing that is there is overwritten. Blocks.
 */
final class ClusterKeys {
    /** Other than letters, digits, dots, hyphens and colons there is nothing in a host. */
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    /** What guards the key is that nobody else may read its file; keytool insists on a password. */
    private static final String PASSWORD = "switchboard";

    private static final String AUTHORITY = "authority";
    private static final String NODE = "node";
    private static final String DAYS = "3650";

    private final Path folder;
    private final Path authority;

    ClusterKeys(Path folder) {
        this.folder = folder;
        this.authority = folder.resolve("authority.p12");
    }

    /** @throws LaunchException when one of the hosts is none, or has its keys */
    void check(List<String> hosts) {
        for (String host : hosts) {
            if (!HOST.matcher(host).matches()) {
                throw new LaunchException("'" + host + "' is no name or address of a host");
            }
            if (Files.exists(of(host))) {
                throw new LaunchException(of(host) + " is there already, and nothing is overwritten");
            }
        }
    }

    private Path of(String host) {
        return folder.resolve(host.replace(':', '_'));
    }

    /** Makes what the node of a host needs; returns its folder. */
    Path make(String host) throws IOException {
        Files.createDirectories(folder);
        if (!Files.exists(authority)) {
            makeAuthority();
        }
        Path own = Files.createDirectory(
                of(host), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path store = own.resolve("node.p12");
        Path request = own.resolve("request.pem");
        Path signed = own.resolve("certificate.pem");
        Path trust = own.resolve("trust.pem");
        // No key is in a file that others can read, not even for a moment: the folder is the owner's alone.
        keytool(store, NODE, "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=" + host);
        keytool(store, NODE, "-certreq", "-file", request.toString());
        keytool(
                authority,
                AUTHORITY,
                "-gencert",
                "-rfc",
                "-infile",
                request.toString(),
                "-outfile",
                signed.toString(),
                "-validity",
                DAYS,
                "-ext",
                "san=" + names(host),
                "-ext",
                "eku=serverAuth,clientAuth",
                "-ext",
                "ku:c=digitalSignature");
        keytool(authority, AUTHORITY, "-exportcert", "-rfc", "-file", trust.toString());
        writeKey(store, own.resolve("key.pem"));
        Files.delete(request);
        Files.delete(store);
        return own;
    }

    private void makeAuthority() throws IOException {
        Path unfinished = Files.createTempFile(folder, AUTHORITY, ".p12");
        Files.delete(unfinished);
        keytool(
                unfinished,
                AUTHORITY,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=Switchboard cluster",
                "-validity",
                DAYS,
                "-ext",
                "bc:c=ca:true,pathlen:0",
                "-ext",
                "ku:c=keyCertSign,cRLSign");
        Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-------"));
        Files.move(unfinished, authority);
    }

    /** For the certificate: a node on this machine alone goes by three names. */
    private static String names(String host) {
        if (host.equals("localhost")) {
            return "dns:localhost,ip:127.0.0.1,ip:::1";
        }
        return (ADDRESS.matcher(host).matches() ? "ip:" : "dns:") + host;
    }

    private static void keytool(Path store, String alias, String... words) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        builder.command().addAll(List.of(words));
        builder.command()
                .addAll(List.of("-alias", alias, "-keystore", store.toString(), "-storepass", PASSWORD, "-noprompt"));
        Process process = builder.redirectErrorStream(true).start();
        try (InputStream said = process.getInputStream()) {
            String text = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + Faults.firstLine(text));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }

    /** What keytool itself cannot write: the key in PEM (RFC 7468 section 10). */
    private static void writeKey(Path store, Path file) throws IOException {
        char[] password = PASSWORD.toCharArray();
        try {
            byte[] key = KeyStore.getInstance(store.toFile(), password)
                    .getKey(NODE, password)
                    .getEncoded();
            String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key);
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
            Files.writeString(
                    file,
                    "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n",
                    StandardOpenOption.WRITE);
        } catch (GeneralSecurityException unreadable) {
            throw new IOException("keytool's file cannot be read", unreadable);
        }
    }
}
