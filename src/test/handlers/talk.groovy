import dev.switchboard.wire.EventException
import java.time.Duration

said = 0

on.action('name') { socket, data -> socket.attribute('name', data.string()) }

on.event('enter') { socket, data ->
    def room = data.string()
    socket.join(room)
        .compose { socket.toOthersIn(room).emit('entered', socket.attribute('name')) }
        .compose { socket.rooms() }
}

on.event('say') { socket, data ->
    def text = data.string('text')
    if (text.isBlank()) {
        throw new EventException('EMPTY', 'Say something')
    }
    def message = [from: socket.attribute('name'), text: "$text"]
    socket.toRoom(data.string('room')).emit('said', message).map { ++said }
}

on.event('clear') { socket, data ->
    socket.ask('sure?', data, Duration.ofSeconds(10)).compose { sure ->
        sure.value() == true
            ? socket.toRoom(data.string()).emit('cleared', data).map('cleared')
            : io.vertx.core.Future.succeededFuture('kept')
    }
}

on.close { socket, reason -> socket.broadcast('left', socket.attribute('name')) }
