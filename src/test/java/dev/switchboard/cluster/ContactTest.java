package dev.switchboard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ContactTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<PresenceNode> started = new ArrayList<>();

    @AfterEach
    void end() throws Exception {
        started.forEach(PresenceNode::crash);
        vertx.close().await(20, TimeUnit.SECONDS);
    }

    private PresenceNode add(PresenceNode node) {
        started.add(node);
        return node;
    }

    private static void awaitMembers(PresenceNode node, int count) {
        await().atMost(30, TimeUnit.SECONDS).until(() -> node.members() == count);
    }

    private static int count(Contact contact) throws Exception {
        return contact.count().await(20, TimeUnit.SECONDS);
    }

    @Test
    void loss_unsettles_andThoseWhoAreLeftAreCounted() throws Exception {
        PresenceNode a = add(PresenceNode.first(vertx));
        PresenceNode b = add(a.another(vertx));
        PresenceNode c = add(a.another(vertx));
        awaitMembers(a, 3);
        Contact contact = new Contact(a.hazelcast());
        assertThat(contact.isSettled()).as("nobody was lost").isTrue();
        assertThat(count(contact)).isEqualTo(3);

        c.crash();
        awaitMembers(a, 2);
        assertThat(contact.isSettled()).as("one was lost").isFalse();
        assertThat(count(contact)).isEqualTo(2);

        b.crash();
        awaitMembers(a, 1);
        assertThat(count(contact)).isEqualTo(1);
        assertThat(contact.isSettled()).as("another was lost").isFalse();
    }
}
