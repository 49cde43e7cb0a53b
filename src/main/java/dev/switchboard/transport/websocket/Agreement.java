package dev.switchboard.transport.websocket;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What both sides do about compressed messages (RFC 7692 section 7.1). The server never uses anything of one message in
 * the next, which it may say unasked.
 *
 * @param forgetting whether the client does so, too
 * @param window whether the client named the server's window, and has to be told it
 */
record Agreement(boolean forgetting, boolean window) {
    private static final String EXTENSION = "permessage-deflate";
    private static final String FORGETTING = "client_no_context_takeover";

    /** What the server makes needs the largest window. Of a smaller one nothing can come. */
    private static final Pattern PARAMETER = Pattern.compile("server_no_context_takeover|" + FORGETTING
            + "|server_max_window_bits=(15|\"15\")|client_max_window_bits(=([89]|1[0-5]|\"([89]|1[0-5])\"))?");

    private static final String WINDOW = "server_max_window_bits";

    /**
     * The first offer that can be taken; none when there is none.
     *
     * @param headers the values of {@code Sec-WebSocket-Extensions}
     */
    static Optional<Agreement> of(List<String> headers) {
        return headers.stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .flatMap(offer -> read(offer).stream())
                .findFirst();
    }

    private static Optional<Agreement> read(String offer) {
        List<String> parts = Arrays.stream(offer.split(";", -1))
                .map(part -> part.replaceAll("\\s+", ""))
                .toList();
        List<String> parameters = parts.subList(1, parts.size());
        Set<String> names = parameters.stream()
                .map(parameter -> parameter.replaceFirst("=.*", ""))
                .collect(Collectors.toCollection(HashSet::new));
        boolean good = parts.get(0).equals(EXTENSION)
                && names.size() == parameters.size()
                && parameters.stream()
                        .allMatch(parameter -> PARAMETER.matcher(parameter).matches());
        return good ? Optional.of(new Agreement(names.contains(FORGETTING), names.contains(WINDOW))) : Optional.empty();
    }

    /** What the server answers. */
    String header() {
        return EXTENSION + "; server_no_context_takeover" + (forgetting ? "; " + FORGETTING : "")
                + (window ? "; " + WINDOW + "=15" : "");
    }
}
