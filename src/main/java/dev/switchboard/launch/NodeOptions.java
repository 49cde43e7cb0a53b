package dev.switchboard.launch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What can be said about a node on the command line, whatever it runs. */
final class NodeOptions {
    @Option(
            names = {"-instances", "--instances"},
            paramLabel = "N",
            description = "How many instances of the verticle are deployed (default 1).")
    int instances = 1;

    @Option(
            names = {"-worker", "--worker"},
            description = "Deploys the verticle on worker threads.")
    boolean worker;

    @Option(
            names = {"-cp", "--cp", "-classpath", "--classpath"},
            paramLabel = "PATH",
            description = "Folders and jars in which verticles are found, besides the working directory.")
    String classPath = "";

    @Option(
            names = {"-watch", "--watch"},
            description = "Replaces handlers when their scripts or .java sources change; for development.")
    boolean watch;

    @Option(
            names = {"-cluster", "--cluster"},
            description = "Forms a cluster, by default with all nodes on this machine.")
    boolean cluster;

    @Option(
            names = {"-cluster-host", "--cluster-host"},
            paramLabel = "HOST",
            description = "The address of this node for other nodes (default: what cluster.xml says, 127.0.0.1).")
    String clusterHost = "";

    @Option(
            names = {"-join", "--join"},
            paramLabel = "HOST[:PORT]",
            split = ",",
            splitSynopsisLabel = ",",
            description = "Hosts with nodes of the cluster (default: what cluster.xml says, or the cluster host).")
    List<String> join = List.of();

    @Option(
            names = {"-v", "-verbose", "--verbose"},
            description = "Shows the stack trace of a fault.")
    boolean verbose;

    @Option(
            names = {"-h", "-help", "--help"},
            usageHelp = true,
            description = "Shows this help.")
    boolean help;

    /** A fault in these options, in one line, or null. */
    @Nullable
    String fault() {
        if (instances < 1) {
            return "-instances must be 1 or more, not " + instances;
        }
        if (!cluster && !join.isEmpty()) {
            return "-join needs -cluster";
        }
        if (!cluster && !clusterHost.isEmpty()) {
            return "-cluster-host needs -cluster";
        }
        return null;
    }
}
