import dev.switchboard.EventHandler
import dev.switchboard.EventVerticle
import dev.switchboard.Events
import dev.switchboard.Socket
import dev.switchboard.wire.EventException
import dev.switchboard.wire.Payload
import io.vertx.kotlin.coroutines.coAwait
import io.vertx.kotlin.coroutines.vertxFuture
import java.time.Duration

class KotlinTalk : EventVerticle() {
    private var said = 0

    override fun events(on: Events) {
        on.action("name") { socket, data -> socket.attribute("name", data.string()) }
        on.event("enter", suspending { socket, data ->
            val room = data.string()
            socket.join(room).coAwait()
            socket.toOthersIn(room).emit("entered", socket.attribute("name")).coAwait()
            socket.rooms().coAwait()
        })
        on.event("say", suspending { socket, data ->
            val text = data.string("text")
            if (text.isBlank()) throw EventException("EMPTY", "Say something")
            val message = mapOf("from" to socket.attribute("name"), "text" to text)
            socket.toRoom(data.string("room")).emit("said", message).coAwait()
            ++said
        })
        on.event("clear", suspending { socket, data ->
            if (socket.ask("sure?", data, Duration.ofSeconds(10)).coAwait().value() == true) {
                socket.toRoom(data.string()).emit("cleared", data).coAwait()
                "cleared"
            } else {
                "kept"
            }
        })
        on.close { socket, _ -> socket.broadcast("left", socket.attribute("name")) }
    }

    /** Runs on the context of the verticle; while it waits, the socket's next event waits and others go on. */
    private fun suspending(handler: suspend (Socket, Payload) -> Any?) =
        EventHandler { socket, data -> vertxFuture { handler(socket, data) } }
}
