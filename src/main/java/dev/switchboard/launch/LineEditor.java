package dev.switchboard.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A terminal on which lines are edited: arrows, the keys of Emacs, earlier lines, also those of earlier runs, and Tab. What is
 * shown stands above the line that is being typed.
 */
final class LineEditor implements Keyboard {
    private static final Logger LOG = LoggerFactory.getLogger(LineEditor.class);
    private static final String PROMPT = "> ";
    private static final int MOST_LINES = 1_000;

    private final Terminal terminal;
    private final LineReader reader;

    /**
     * @param history where earlier lines stand, and are kept; made when it is not there
     * @param events names that Tab knows
     */
    LineEditor(Terminal terminal, Path history, Supplier<? extends Collection<String>> events) {
        this.terminal = terminal;
        // Data is JSON: its quotes, backslashes and exclamation marks mean nothing to a line.
        DefaultParser parser = new DefaultParser();
        parser.setQuoteChars(new char[0]);
        parser.setEscapeChars(new char[0]);
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .parser(parser)
                .completer((typing, line, candidates) -> complete(line, events.get(), candidates))
                .option(Option.DISABLE_EVENT_EXPANSION, true)
                .option(Option.HISTORY_IGNORE_SPACE, true)
                .variable(LineReader.HISTORY_FILE, owned(history))
                .variable(LineReader.HISTORY_SIZE, MOST_LINES)
                .variable(LineReader.HISTORY_FILE_SIZE, MOST_LINES)
                .build();
    }

    /** That of this process, if a person sits at it and it can do more than a typewriter. */
    @SuppressWarnings("SystemConsoleNull") // It saves a look where it says no; where it always says yes, JLine looks.
    static Optional<Terminal> terminal() {
        if (System.console() == null) {
            return Optional.empty();
        }
        try {
            Terminal found = TerminalBuilder.builder()
                    .system(true)
                    .dumb(true)
                    .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
                    .build();
            if (!found.getType().startsWith(Terminal.TYPE_DUMB)) {
                return Optional.of(found);
            }
            found.close();
        } catch (IOException | IllegalStateException unknown) {
            LOG.debug("No terminal on which lines could be edited", unknown);
        }
        return Optional.empty();
    }

    /** What was typed is its owner's. */
    private static Path owned(Path history) {
        try {
            if (!Files.exists(history)
                    && history.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        history, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
        } catch (IOException unwritable) {
            LOG.debug("{} is not there, and cannot be made", history, unwritable);
        }
        return history;
    }

    private static void complete(ParsedLine line, Collection<String> events, List<Candidate> candidates) {
        Collection<String> words = line.wordIndex() == 0 ? Typing.COMMANDS : events;
        words.stream()
                .filter(word -> word.chars().noneMatch(Character::isWhitespace))
                .map(Candidate::new)
                .forEach(candidates::add);
    }

    @Override
    public @Nullable String read() {
        try {
            return reader.readLine(PROMPT);
        } catch (UserInterruptException | EndOfFileException over) {
            return null;
        }
    }

    @Override
    public void show(String text) {
        reader.printAbove(text);
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }
}
