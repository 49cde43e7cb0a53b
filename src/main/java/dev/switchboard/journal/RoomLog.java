package dev.switchboard.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What was emitted to one room of late, in one order for all who receive it.
 *
 * <pre>
 *   … forgotten … base │ entry entry entry … head
 * </pre>
 *
 * The base is the last entry that is here no more: who has it, and nothing later, has missed nothing but what is here.
 */
public final class RoomLog {
    /** An entry, and when it came. */
    public record Item(Entry entry, long millis) {}

    private final LogBounds bounds;
    private final ArrayDeque<Item> items = new ArrayDeque<>();
    private Position base;
    private long bytes;

    /** @param id a random number other than 0 */
    public RoomLog(long id, LogBounds bounds) {
        this(new Position(id, 0, 0), bounds, List.of());
    }

    /** One that was written down. */
    public RoomLog(Position base, LogBounds bounds, List<Item> items) {
        this.base = base;
        this.bounds = bounds;
        items.forEach(this::add);
    }

    public LogBounds bounds() {
        return bounds;
    }

    public Position base() {
        return base;
    }

    public List<Item> items() {
        return List.copyOf(items);
    }

    private void add(Item item) {
        items.add(item);
        bytes += item.entry().cost();
    }

    /** The last entry. */
    public Position head() {
        Item last = items.peekLast();
        return last == null ? base : at(base.offset() + items.size(), last.entry());
    }

    private Position at(long offset, Entry entry) {
        return new Position(base.log(), offset, entry.id());
    }

    /**
     * Appends entries, unless they are here already: who asked and was not answered asks again.
     *
     * @param since the first of them does not stand before this entry, if that is in the log: one that lost its last entries
     *     may have others in their places
     */
    public Placed append(List<Entry> batch, Position since, long now) {
        Optional<Placed> known = find(batch.get(0).id(), since);
        if (known.isPresent()) {
            return known.get();
        }
        Position head = head();
        for (Entry entry : batch) {
            add(new Item(entry, now));
        }
        trim(now);
        return new Placed(base.log(), head.offset() + 1, head.entry());
    }

    private Optional<Placed> find(long id, Position since) {
        long offset = base.offset() + items.size();
        Iterator<Item> newestFirst = items.descendingIterator();
        while (newestFirst.hasNext()) {
            Position here = at(offset, newestFirst.next().entry());
            if (here.entry() == id) {
                long before = newestFirst.hasNext() ? newestFirst.next().entry().id() : base.entry();
                return Optional.of(new Placed(base.log(), offset, before));
            }
            if (here.equals(since)) {
                break;
            }
            offset--;
        }
        return Optional.empty();
    }

    /** Forgets what is too much, or too old. */
    public void trim(long now) {
        while (items.size() > bounds.entries()
                || (items.size() > 1 && bytes > bounds.bytes())
                || isFirstOlderThan(now)) {
            Entry gone = items.remove().entry();
            bytes -= gone.cost();
            base = at(base.offset() + 1, gone);
        }
    }

    private boolean isFirstOlderThan(long now) {
        Item first = items.peek();
        return first != null && now - first.millis() > bounds.windowMillis();
    }

    /** What follows this position; empty when it is no position of this log, or what followed has been forgotten. */
    public Optional<List<Kept>> after(Position position) {
        if (position.log() != base.log() || position.offset() < base.offset()) {
            return Optional.empty();
        }
        List<Kept> following = new ArrayList<>();
        Position last = base;
        boolean found = position.equals(base);
        for (Item item : items) {
            Position here = at(last.offset() + 1, item.entry());
            if (found) {
                following.add(new Kept(here, last.entry(), item.entry()));
            }
            found |= here.equals(position);
            last = here;
        }
        return found ? Optional.of(following) : Optional.empty();
    }
}
