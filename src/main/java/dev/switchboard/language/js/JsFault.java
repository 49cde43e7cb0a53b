package dev.switchboard.language.js;

import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.SourceSection;

/** Words for what is wrong in a script: one line, with the file and the line. */
final class JsFault {
    private JsFault() {}

    static String describe(String script, Throwable fault) {
        if (!(fault instanceof PolyglotException in)) {
            return script + ": " + fault.getMessage();
        }
        // GraalJS repeats the place of a syntax error, and shows the line below.
        String message = String.valueOf(in.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^SyntaxError: .*?:\\d+:\\d+ ", "SyntaxError: ");
        return Stream.concat(
                        Stream.ofNullable(in.getSourceLocation()),
                        StreamSupport.stream(in.getPolyglotStackTrace().spliterator(), false)
                                .filter(PolyglotException.StackFrame::isGuestFrame)
                                .map(PolyglotException.StackFrame::getSourceLocation)
                                .filter(place -> place != null))
                .filter(place -> place.getStartLine() > 0 && !place.getSource().isInternal())
                .findFirst()
                .map(place -> file(script, place) + ", line " + place.getStartLine() + ": " + message)
                .orElse(script + ": " + message);
    }

    /** The script as its user calls it, or a module that it imports. */
    private static String file(String script, SourceSection place) {
        String name = place.getSource().getName();
        return String.valueOf(Path.of(script).getFileName()).equals(name) ? script : name;
    }
}
