package dev.switchboard.bench.load;

/** Each slot sends again as soon as it is done: as fast as the server can. */
final class ClosedLoop implements Traffic.Tempo {
    private final int slots;

    ClosedLoop(int slots) {
        this.slots = slots;
    }

    @Override
    public void begin(Traffic traffic) {
        for (int slot = 0; slot < slots; slot++) {
            traffic.send(slot);
        }
    }

    @Override
    public void done(Traffic traffic, int slot) {
        if (traffic.isRunning()) {
            traffic.send(slot);
        }
    }
}
