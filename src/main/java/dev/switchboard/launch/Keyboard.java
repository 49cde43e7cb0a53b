package dev.switchboard.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/** Where lines are typed, and what is shown beside them. One thread reads; any thread shows. */
interface Keyboard extends AutoCloseable {
    /** The next line; null at the end of the input. Blocks. */
    @Nullable
    String read() throws IOException;

    /** Shows a text, which ends its line, and leaves what is being typed as it is. */
    void show(String text);

    @Override
    void close() throws IOException;

    /** Lines as they come, whoever writes them. */
    static Keyboard plain(InputStream typed, PrintWriter out) {
        // The terminal's charset, which need not be that of files.
        BufferedReader input = new BufferedReader(new InputStreamReader(typed, Charset.defaultCharset()));
        return new Keyboard() {
            @Override
            public @Nullable String read() throws IOException {
                return input.readLine();
            }

            @Override
            public void show(String text) {
                out.println(text);
                out.flush();
            }

            @Override
            public void close() {
                // What it reads is not its own.
            }
        };
    }
}
