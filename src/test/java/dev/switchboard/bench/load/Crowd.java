package dev.switchboard.bench.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The clients of a plan. They come some at a time; all that counts them happens on the generator's loop. */
final class Crowd {
    private static final int AT_A_TIME = 50;
    private static final long LIMIT_SECONDS = 120;

    private final Generator generator;
    private final Servers servers;
    private final Plan plan;
    private final Client.Listener listener;
    private final Client[] clients;
    private CompletableFuture<Void> complete = new CompletableFuture<>();
    private int end;
    private int begun;
    private int ready;

    Crowd(Generator generator, Servers servers, Plan plan, Client.Listener listener) {
        this.generator = generator;
        this.servers = servers;
        this.plan = plan;
        this.listener = listener;
        this.clients = new Client[plan.clients()];
    }

    /** The user of a client: each has one of its own. */
    static String user(int client) {
        return "user-" + client;
    }

    Client client(int number) {
        return clients[number];
    }

    /** Lets more come until there are so many, and waits until they are ready. */
    void grow(int size) throws InterruptedException {
        generator.run(() -> {
            complete = new CompletableFuture<>();
            end = size;
            for (int n = 0; n < AT_A_TIME; n++) {
                connectNext();
            }
        });
        try {
            complete.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(ready + " of " + size + " clients are in: " + e, e);
        }
    }

    private void connectNext() {
        if (begun < end) {
            int number = begun++;
            Client client = new Client(number, Token.of(user(number)), servers.dialect(number), plan, listener);
            clients[number] = client;
            generator.connect(servers.port(plan.node(number)), client);
        }
    }

    /** One more is. */
    void ready() {
        ready++;
        if (ready == end) {
            complete.complete(null);
        } else {
            connectNext();
        }
    }

    void failed(String why) {
        complete.completeExceptionally(new IllegalStateException(why));
    }

    void leave() throws InterruptedException {
        generator.run(() -> {
            for (int n = 0; n < begun; n++) {
                clients[n].end();
            }
        });
    }
}
