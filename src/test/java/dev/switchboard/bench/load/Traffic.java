package dev.switchboard.bench.load;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets the clients of a plan send, and accounts for what they hear. A slot has one message under way at a time, and is done when
 * all who are to hear it have.
 *
 * <p>Lives on the generator's loop.
 */
final class Traffic implements Client.Listener {
    /** When a slot sends. */
    interface Tempo {
        void begin(Traffic traffic);

        /** All have heard what this slot sent. */
        void done(Traffic traffic, int slot);
    }

    private static final long DRAIN_MILLIS = 10_000;
    private static final long LOOK_MILLIS = 20;

    private final Plan plan;
    private final Tempo tempo;
    private final Ledger ledger;
    private final Crowd crowd;
    private final Map<Dialect, Message[]> messages = new HashMap<>();
    private final int[] awaited;
    private final List<Client> unflushed = new ArrayList<>();
    private boolean running;

    Traffic(Generator generator, Servers servers, Plan plan, Tempo tempo) {
        if (plan.underWay() > Mark.MOST || plan.routes() > Mark.MOST) {
            throw new IllegalArgumentException("a mark has no room for so many");
        }
        this.plan = plan;
        this.tempo = tempo;
        this.ledger = new Ledger(plan);
        this.crowd = new Crowd(generator, servers, plan, this);
        this.awaited = new int[plan.underWay()];
    }

    Crowd crowd() {
        return crowd;
    }

    Ledger ledger() {
        return ledger;
    }

    void begin() {
        running = true;
        tempo.begin(this);
        read();
    }

    /** Nothing is sent from here on. */
    void end() {
        running = false;
    }

    /** The same from another thread; waits until what is under way has arrived, or surely will not. */
    void drain(Generator generator) throws InterruptedException {
        generator.run(this::end);
        for (long waited = 0; waited < DRAIN_MILLIS; waited += LOOK_MILLIS) {
            if (generator.call(ledger::isComplete)) {
                return;
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    boolean isRunning() {
        return running;
    }

    boolean isFree(int slot) {
        return awaited[slot] <= 0;
    }

    /** Sends the next message of a slot. */
    void send(int slot) {
        int route = plan.route(slot);
        int group = plan.group(route);
        int receivers = plan.size(group);
        awaited[slot] = receivers;
        Client sender = crowd.client(plan.sender(route));
        if (sender.send(message(sender.dialect(), group), slot, route, ledger.sent(route, receivers))) {
            unflushed.add(sender);
        }
    }

    private Message message(Dialect dialect, int group) {
        Message[] made = messages.computeIfAbsent(dialect, d -> new Message[plan.routes()]);
        if (made[group] == null) {
            made[group] = Message.of(plan.message(dialect, group, crowd));
        }
        return made[group];
    }

    @Override
    public void delivered(Client client, ByteBuf in, int at) {
        int slot = Mark.read(in, at, Mark.SLOT);
        int route = Mark.read(in, at + Mark.SLOT, Mark.ROUTE);
        ledger.heard(client.number(), route, Mark.read(in, at + Mark.SLOT + Mark.ROUTE, Mark.NUMBER));
        if (--awaited[slot] == 0) {
            tempo.done(this, slot);
        }
    }

    /** What is sent while reading goes out together. */
    @Override
    public void read() {
        for (int n = 0; n < unflushed.size(); n++) {
            unflushed.get(n).flush();
        }
        unflushed.clear();
    }

    @Override
    public void ready(Client client) {
        crowd.ready();
    }

    @Override
    public void fault(Client client, String text) {
        ledger.fault("client " + client.number() + ": " + text);
        crowd.failed(text);
    }
}
