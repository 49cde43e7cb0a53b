package dev.switchboard.config;

import java.util.List;
import java.util.stream.Collectors;

/** The files for TLS cannot be used; the message names each that is wrong, in one line. */
public final class TlsException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Fault> faults;

    /** @param faults with the role of the file as their path: {@code certificate}, {@code key} or {@code trust} */
    TlsException(List<Fault> faults) {
        super(faults.stream().map(fault -> fault.path() + " " + fault.message()).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    List<Fault> faults() {
        return faults;
    }
}
