package dev.switchboard.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A {@link CrowdedNode} in its JVM. */
final class ForkedCostNode implements AutoCloseable {
    private final Process process;

    private ForkedCostNode(Process process) {
        this.process = process;
    }

    /** One more node of the cluster; it has told what it has when this returns. */
    static ForkedCostNode start(CostCluster cluster) throws IOException {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dswitchboard.log=error",
                        CrowdedNode.class.getName(),
                        cluster.name(),
                        String.valueOf(cluster.firstPort()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        ForkedCostNode node = new ForkedCostNode(process);
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.equals(CrowdedNode.READY)) {
            line = out.readLine();
        }
        return node;
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
