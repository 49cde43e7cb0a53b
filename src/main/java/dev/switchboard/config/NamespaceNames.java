package dev.switchboard.config;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which namespace a client means by a name. Immutable, for any thread. */
public final class NamespaceNames {
    private final Map<String, NamespaceConfig> all;

    /** The patterns; where several fit the one that says most counts. */
    private final List<NamespaceConfig> patterns;

    public NamespaceNames(Map<String, NamespaceConfig> all) {
        this.all = Map.copyOf(all);
        this.patterns = all.values().stream()
                .filter(namespace -> namespace.pattern().isPresent())
                .sorted(Comparator.comparing((NamespaceConfig one) ->
                                -one.pattern().orElseThrow().said())
                        .thenComparing(NamespaceConfig::name))
                .toList();
    }

    /** The namespace of this name, or one that fits a pattern; empty when there is none. */
    public Optional<NamespaceConfig> find(String name) {
        NamespaceConfig known = all.get(name);
        if (known != null && known.pattern().isEmpty()) {
            return Optional.of(known);
        }
        return patterns.stream()
                .filter(one -> one.pattern().orElseThrow().fits(name))
                .findFirst()
                .map(one -> one.named(name));
    }
}
