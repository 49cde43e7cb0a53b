package dev.switchboard.chaos;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The clients, in a process of Node.js: {@code support/crowd.mjs}. */
public final class Crowd implements AutoCloseable {
    private static final Path FOLDER = Path.of("src", "test", "js");

    private final Process process;
    private final PrintWriter commands;
    private final CompletableFuture<JsonObject> sum = new CompletableFuture<>();
    private volatile JsonObject progress = new JsonObject();

    /**
     * @param rooms how many there are; each client is in two
     * @param pauseMillis between two things that a client says
     * @param quietMillis after which nothing more is awaited in the end
     */
    public Crowd(List<String> urls, int clients, int rooms, int pauseMillis, int quietMillis) throws IOException {
        JsonObject settings = new JsonObject()
                .put("urls", new JsonArray(urls))
                .put("clients", clients)
                .put("rooms", rooms)
                .put("pause", pauseMillis)
                .put("quiet", quietMillis);
        process = new ProcessBuilder("node", "support/crowd.mjs", settings.encode())
                .directory(FOLDER.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        commands = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        Thread reader = new Thread(this::read, "crowd");
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonObject said = new JsonObject(line);
                if (said.containsKey("sum")) {
                    sum.complete(said.getJsonObject("sum"));
                } else {
                    progress = said;
                }
            }
        } catch (IOException e) {
            sum.completeExceptionally(e);
        }
        sum.completeExceptionally(new IllegalStateException("the crowd is gone"));
    }

    /** How much has been emitted, as far as the crowd knows by now. */
    public int confirmed() {
        return progress.getInteger("confirmed", 0);
    }

    JsonObject progress() {
        return progress;
    }

    /** Ends the talk; tells what has come of it, once nothing more comes. */
    public JsonObject sum() throws Exception {
        commands.println("stop");
        return sum.get(3, TimeUnit.MINUTES);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
