package dev.switchboard.it;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A Node process in which a test lets the official clients of Socket.IO, and of Vert.x's bridge, do what it says: {@code console.mjs}. */
final class NodeConsole implements AutoCloseable {
    private final AtomicInteger ids = new AtomicInteger();
    private final Inbox<JsonObject> answers = new Inbox<>();
    private final Process process;
    private final PrintWriter lines;

    private NodeConsole(Process process) {
        this.process = process;
        this.lines = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        Thread reader = new Thread(this::read, "node-console");
        reader.setDaemon(true);
        reader.start();
    }

    static NodeConsole start() {
        Prerequisites.require(NodePuppet.missing());
        try {
            return new NodeConsole(new ProcessBuilder("node", "support/console.mjs")
                    .directory(Path.of("src", "test", "js").toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                answers.add(new JsonObject(line));
            }
        } catch (IOException e) {
            answers.end(e.toString());
        }
        answers.end("the process has ended");
    }

    /** What the script returns, the body of an async function; fails with what it throws. */
    Object run(String script, Object... arguments) {
        int id = begin(script, arguments);
        return end(id);
    }

    /** Lets it begin, while the test goes on. */
    int begin(String script, Object... arguments) {
        int id = ids.incrementAndGet();
        lines.println(new JsonObject()
                .put("id", id)
                .put("script", script)
                .put("args", new JsonArray(List.of(arguments)))
                .encode());
        return id;
    }

    /** What a script returned that has begun. */
    Object end(int id) {
        JsonObject answer = answers.next("what the script returns", one -> one.getInteger("id") == id);
        if (answer.containsKey("error")) {
            throw new AssertionError(answer.getString("error"));
        }
        return answer.getValue("value");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
