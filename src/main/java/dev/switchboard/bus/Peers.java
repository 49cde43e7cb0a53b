package dev.switchboard.bus;

import dev.switchboard.journal.Journal;
import dev.switchboard.token.Revocation;
import dev.switchboard.wire.Payload;
import dev.switchboard.wire.TraceContext;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;
import java.util.Collection;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * The other nodes of the cluster: what this node knows of them, what they are to know of it, and the way to them. A Vert.x
 * that is not clustered has none.
 *
 * <p>What one thread sends to one node arrives there in the order sent, whichever method sent it, and once, unless a node
 * is lost. For any thread; nothing here blocks.
 */
public interface Peers extends Shareable {
    /** What makes them for a clustered Vert.x; found by {@link ServiceLoader}, so that no room here knows the cluster. */
    interface Provider {
        Peers create(Vertx vertx);
    }

    /** Those of this Vert.x; the first call makes the node known to the others. */
    static Peers of(Vertx vertx) {
        if (!vertx.isClustered()) {
            return Alone.of(vertx);
        }
        LocalMap<String, Peers> known = vertx.sharedData().getLocalMap("switchboard.peers");
        return known.computeIfAbsent(
                "",
                key -> ServiceLoader.load(Provider.class, Peers.class.getClassLoader())
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("there is no cluster on the class path"))
                        .create(vertx));
    }

    /** Succeeds when this node and those that were there before it know each other. */
    Future<Void> joined();

    /** The id of this node, which no other has or ever had. */
    String self();

    // ---- what the others are to know of this node: the Futures succeed when all of them do

    /** A hub of this node is there, or no longer. */
    Future<Void> hub(String name, boolean there);

    /** A handler instance runs on this node, or no longer; then nothing more is sent to it. */
    Future<Void> handler(Announcement instance, boolean there);

    /**
     * A hub of this node has sockets that are meant by this target, or no longer. Counted: each hub says so once.
     *
     * @param target nobody is left out of it
     */
    Future<Void> interest(Target target, boolean there);

    /** Tokens are revoked. Every hub of every node acts on it. */
    Future<Void> revoke(Revocation revocation);

    /** Succeeds when the others have taken all that this node sent them before. */
    Future<Void> flush();

    /**
     * A socket of this node is to have an id of the application's; true when no socket of another node has it. Whoever
     * asks makes sure that no other socket of this node has it.
     *
     * @return true for one of two nodes that ask at the same moment
     */
    Future<Boolean> claim(Target socket);

    /** Such a socket has ended. */
    Future<Void> release(Target socket);

    // ---- what this node knows of the others

    /** The ids of all others. */
    List<String> nodes();

    /** The nodes that have sockets of those that are meant. */
    Collection<String> interested(Target target);

    /** The node of a hub; null when it is a hub of this node, or of none. */
    @Nullable
    String nodeOf(String hub);

    /** Some hub of another node; null when no other has any. */
    @Nullable
    String anyHub();

    /** The handler instances of other nodes. */
    List<Announcement> handlers();

    /** All revocations that any node told, its own included. */
    List<Revocation> revocations();

    // ---- the way to them

    /** Sends to the hubs of nodes that are meant, unless they are lost; false when too much waits for one of them already. */
    boolean tell(Collection<String> nodes, HubMessage message);

    /**
     * Asks the hubs of a node that are meant; none when the node is lost meanwhile.
     *
     * @param trace where the question belongs; null when it is not traced
     * @param limitMillis within which they must answer, else the Future fails
     */
    Future<List<HubAnswer>> ask(String node, HubMessage message, @Nullable TraceContext trace, long limitMillis);

    /**
     * Asks the code of a node that answers to this name; see {@link Answerers#ask}. Fails when the node is lost, or does
     * not answer within the limit.
     */
    Future<Outcome> ask(String node, String name, Payload data, @Nullable TraceContext trace, long limitMillis);

    /** Sends an event to a handler instance of another node; what a lost node had is told by {@link HubMessage.NodeLost}. */
    void hand(Announcement handler, EventMessage event);

    /** Lets no more than this wait for one other node: beyond it {@link #tell} takes no more events for clients. */
    void limit(long bytesPerNode);

    /** Bytes that wait for all other nodes. */
    long waiting();

    /** How the cluster is. */
    ClusterState state();

    /** Who is where, over all nodes. */
    Presence presence();

    /** What is kept for clients that come back, over all nodes. */
    Journal journal();
}
