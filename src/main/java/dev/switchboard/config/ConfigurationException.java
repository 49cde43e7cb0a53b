package dev.switchboard.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The configuration cannot be used. It carries every fault that was found, in the order of the configuration's
 * sections, and its message is a text for whoever started the program:
 *
 * <pre>
 * The configuration has 2 faults:
 *   http.port: must be a number from 0 to 65535, not "abc"
 *   namespaces./.evnts: is not a known key, did you mean "events"?
 * </pre>
 */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    /** @param faults at least one */
    public ConfigurationException(List<Fault> faults) {
        super(text(faults));
        this.faults = List.copyOf(faults);
    }

    /** All faults; at least one. */
    public List<Fault> faults() {
        return faults;
    }

    private static String text(List<Fault> faults) {
        String first = "The configuration has " + faults.size() + (faults.size() == 1 ? " fault:" : " faults:");
        return faults.stream()
                .map(fault -> "\n  " + fault.path() + ": " + fault.message())
                .collect(Collectors.joining("", first, ""));
    }
}
