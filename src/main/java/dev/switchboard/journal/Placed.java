package dev.switchboard.journal;

/**
 * Where entries have come to stand that were appended together.
 *
 * @param log 0 when there is no log: nobody has opened it, so nobody is to get them
 * @param first the offset of the first of them; the others follow without a gap
 * @param before the entry before the first of them
 */
public record Placed(long log, long first, long before) {
    /** There is no log. */
    public static final Placed NOWHERE = new Placed(0, 0, 0);

    public boolean isNowhere() {
        return log == 0;
    }
}
