package dev.switchboard.limit;

import dev.switchboard.limit.Rates.Limit;
import dev.switchboard.metrics.Pacer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How fast the events of one socket may come. On the event loop of the socket. */
public final class Pace {
    private final Rates rates;
    private final @Nullable Allowance[] own;
    private final String block;

    Pace(Rates rates, @Nullable Allowance[] own, String block) {
        this.rates = rates;
        this.own = own;
        this.block = block;
    }

    /**
     * An event came.
     *
     * @param user whose it is; empty for nobody's
     * @return 0, or in how many milliseconds it may come again; then it has cost nothing
     */
    public long take(String event, String user) {
        List<Limit> limits = rates.of(event);
        for (int n = 0; n < limits.size(); n++) {
            Allowance allowance = allowance(limits.get(n), user);
            long wait = allowance == null ? 0 : allowance.take();
            if (wait > 0) {
                putBack(limits.subList(0, n), user);
                rates.limited(limits.get(n).by());
                return wait;
            }
        }
        return 0;
    }

    private void putBack(List<Limit> taken, String user) {
        for (Limit limit : taken) {
            Allowance allowance = allowance(limit, user);
            if (allowance != null) {
                allowance.putBack();
            }
        }
    }

    private @Nullable Allowance allowance(Limit limit, String user) {
        if (limit.shared() == null) {
            Allowance mine = own[limit.number()];
            if (mine == null) {
                mine = rates.fresh(limit.rate());
                own[limit.number()] = mine;
            }
            return mine;
        }
        String name = limit.by() == Pacer.USER ? user : block;
        return name.isEmpty() ? null : limit.shared().of(name);
    }
}
