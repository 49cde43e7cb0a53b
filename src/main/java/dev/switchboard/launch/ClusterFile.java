package dev.switchboard.launch;

import com.hazelcast.config.Config;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The XML that describes the cluster: that of the system property, the user's {@code conf/cluster.xml}, or the jar's.
 *
 * @param name a file, or {@code classpath:} and a resource
 */
record ClusterFile(String name) {
    /** The system property by which every Vert.x launcher is told of another XML. */
    private static final String PROPERTY = "vertx.hazelcast.config";

    private static final String CLASS_PATH = "classpath:";

    static ClusterFile find(SearchPath searchPath) {
        Path own = searchPath.file("conf/cluster.xml");
        System.getProperties().putIfAbsent(PROPERTY, own == null ? CLASS_PATH + "cluster.xml" : own.toString());
        return new ClusterFile(System.getProperty(PROPERTY));
    }

    /** @throws LaunchException when it cannot be used */
    Config read() {
        if (!name.startsWith(CLASS_PATH)) {
            check(Path.of(name));
        }
        try {
            return new HazelcastClusterManager().loadConfig();
        } catch (RuntimeException fault) {
            throw new LaunchException(name + ": " + readable(Faults.reason(fault)), fault);
        }
    }

    /** What is no file Vert.x would silently replace, and what is no XML Hazelcast tells in many lines. */
    private static void check(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new LaunchException(file + ": no such file");
        }
        try {
            SAXParserFactory.newNSInstance().newSAXParser().parse(file.toFile(), new DefaultHandler());
        } catch (SAXParseException fault) {
            throw new LaunchException(
                    file + ", line " + fault.getLineNumber() + ", column " + fault.getColumnNumber() + ": "
                            + Faults.reason(fault),
                    fault);
        } catch (IOException | SAXException | ParserConfigurationException fault) {
            throw new LaunchException(file + ": " + Faults.reason(fault), fault);
        }
    }

    /** The schema's validator spells names in full, and adds all that it had allowed instead. */
    private static String readable(@Nullable String reason) {
        return Faults.firstLine(reason)
                .replaceFirst("^cvc-[^:]*: ", "")
                .replaceFirst(" One of .*", "")
                .replaceAll("\\{\"[^\"]*\":([^}]*)}", "$1");
    }
}
