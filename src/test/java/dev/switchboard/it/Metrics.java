package dev.switchboard.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;

/** What a node counts, read as Prometheus reads it. */
final class Metrics {
    private final int port;

    Metrics(int port) {
        this.port = port;
    }

    /** The value of a series, such as {@code switchboard_closed_sockets_total{code="4008"}}; 0 when it is not there. */
    double value(String series) {
        HttpResponse<String> page = HttpClients.request("GET", "http://127.0.0.1:" + port + "/metrics", "");
        assertThat(page.statusCode()).isEqualTo(200);
        return page.body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }
}
