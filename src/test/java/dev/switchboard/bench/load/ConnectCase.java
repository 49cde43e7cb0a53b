package dev.switchboard.bench.load;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many clients a second can come, each with a token that is verified, into one room; and leave again. */
record ConnectCase(String title, int atATime) implements Case {
    private static final String RATE = "connections/s";
    private static final String COST = "server µs/connection";
    private static final long BEGIN_MILLIS = 500;

    @Override
    public Sample measure(Generator generator, Servers servers, Settings settings) throws InterruptedException {
        Stream stream = new Stream(generator, servers);
        generator.run(() -> stream.begin(atATime));
        Thread.sleep(BEGIN_MILLIS);
        Window window = Window.open(servers);
        int before = generator.call(() -> stream.ready);
        Thread.sleep(settings.duration().toMillis());
        int came = generator.call(() -> stream.ready) - before;
        Window.Shut shut = window.shut();
        generator.run(() -> stream.running = false);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(RATE, shut.rate(came));
        figures.put(COST, shut.micros(came));
        return shut.sample(figures, true, generator.call(() -> List.copyOf(stream.faults)), settings);
    }

    /** Who is in makes room for the next. Lives on the generator's loop. */
    private static final class Stream implements Client.Listener {
        /** Users that come again, as people do. */
        private static final int USERS = 4_000;

        private final Generator generator;
        private final Servers servers;
        private final Plan plan = new Plans.Lobby(1);
        private final List<String> faults = new ArrayList<>();
        private boolean running = true;
        private int begun;
        private int ready;

        Stream(Generator generator, Servers servers) {
            this.generator = generator;
            this.servers = servers;
        }

        void begin(int atATime) {
            for (int n = 0; n < atATime; n++) {
                next();
            }
        }

        private void next() {
            if (running) {
                int number = begun++;
                String token = Token.of(Crowd.user(number % USERS));
                generator.connect(servers.port(0), new Client(number, token, servers.dialect(number), plan, this));
            }
        }

        @Override
        public void ready(Client client) {
            ready++;
            client.end();
            next();
        }

        @Override
        public void fault(Client client, String text) {
            if (faults.isEmpty()) {
                faults.add("client " + client.number() + ": " + text);
            }
            running = false;
        }

        @Override
        public void delivered(Client client, ByteBuf in, int at) {
            fault(client, "a delivery that nobody sent");
        }

        @Override
        public void read() {}
    }
}
