package dev.switchboard;

import dev.switchboard.bus.Inspection.Inspector;
import dev.switchboard.bus.Inspection.Way;
import dev.switchboard.config.AdminConfig;
import dev.switchboard.config.DataSchema;
import dev.switchboard.config.DataSchema.Problem;
import dev.switchboard.config.EventSchema;
import dev.switchboard.config.NamespaceConfig;
import dev.switchboard.config.NamespaceNames;
import dev.switchboard.config.SwitchboardConfig;
import dev.switchboard.wire.ErrorCode;
import dev.switchboard.wire.Failure;
import dev.switchboard.wire.Payload;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds what handlers send against what a configuration declares of it. For any thread. */
final class Declarations implements Inspector {
    /** What the server sends by itself where there is presence. */
    private static final Set<String> PRESENCE = Set.of("user joined", "user left");

    private final NamespaceNames namespaces;
    private final Optional<String> notice;

    Declarations(SwitchboardConfig config) {
        this.namespaces = new NamespaceNames(config.namespaces());
        this.notice = config.admin().map(AdminConfig::notice);
    }

    @Override
    public Optional<Failure> fault(Way way, String namespace, String event, Payload data) {
        return namespaces.find(namespace).flatMap(config -> fault(way, config, event, data));
    }

    private Optional<Failure> fault(Way way, NamespaceConfig namespace, String event, Payload data) {
        EventSchema declared = namespace.schemas().get(event);
        Optional<DataSchema> schema = declared == null
                ? Optional.empty()
                : switch (way) {
                    case OUT -> declared.out();
                    case ANSWER -> declared.answer();
                };
        if (schema.isPresent()) {
            return fault(schema.get().problemsOfOurs(data.value()));
        }
        return way == Way.OUT && isStranger(namespace, event)
                ? Optional.of(ErrorCode.NOT_AS_DECLARED.failure("nothing that is sent has this name"))
                : Optional.empty();
    }

    private static Optional<Failure> fault(List<Problem> problems) {
        return problems.stream()
                .findFirst()
                .map(first -> ErrorCode.NOT_AS_DECLARED
                        .failure((first.pointer() + " " + first.message()).strip())
                        .with(Payload.of(DataSchema.json(problems))));
    }

    /** Where anything is declared that is sent, everything is. */
    private boolean isStranger(NamespaceConfig namespace, String event) {
        boolean isOwn = notice.filter(event::equals).isPresent()
                || (namespace.presence() != NamespaceConfig.Presence.NONE && PRESENCE.contains(event));
        return !isOwn
                && namespace.schemas().values().stream()
                        .anyMatch(schema -> schema.out().isPresent());
    }
}
