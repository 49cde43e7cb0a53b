package dev.switchboard.it;

import dev.switchboard.launch.Program;
import java.io.IOException;

/**
 * A node in a JVM of its own.
 *
 * @param port where clients connect; 0 when the node only has handlers
 */
record ForkedNode(Program program, int port) implements Nodes, AutoCloseable {
    /** In JSON the slashes have strokes before them. */
    private static final String URL_LINE = "Switchboard is at http:.*localhost:(\\d+)";

    /** One that takes clients, as soon as it says where. */
    static ForkedNode serving(Program program) {
        String port = program.awaitOut(URL_LINE, 1).get(0).group(1);
        return new ForkedNode(program, Integer.parseInt(port));
    }

    boolean isAlive() {
        return program.handle().isAlive();
    }

    long pid() {
        return program.handle().pid();
    }

    /** Ends it at once, as a crash would (SIGKILL). */
    void kill() {
        program.kill();
    }

    /** Tells it to end (SIGTERM). */
    void terminate() {
        program.terminate();
    }

    /** Freezes it: its connections stay open and nothing answers. */
    void pause() throws IOException, InterruptedException {
        program.pause();
    }

    void resume() throws IOException, InterruptedException {
        program.resume();
    }

    int awaitExit() throws InterruptedException {
        return program.awaitExit();
    }

    @Override
    public void close() {
        program.close();
    }
}
