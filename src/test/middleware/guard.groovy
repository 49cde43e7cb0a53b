import dev.switchboard.wire.EventException

on.connection { socket, next ->
    def room = socket.handshake().query().get('room')
    if (room == null) {
        throw new EventException('NO_ROOM', 'Which room?').with([rooms: ['den']])
    }
    if (room == 'closed') {
        return
    }
    socket.join(room)
    socket.emit('welcome', 'Hello')
    next.run().compose { reason -> namespace('/').all().emit('left', [room, reason.code()]) }
}

on.packet { socket, packet, next ->
    if (packet.event() == 'drop') {
        return
    }
    if (packet.event() == 'admin') {
        throw new EventException('FORBIDDEN', 'For administrators only')
    }
    if (packet.event() == 'chat') {
        packet.event('say')
        packet.data(packet.data().string().trim())
    }
    if (packet.event() == 'close me') {
        packet.event('close')
    }
    next.run()
        .onSuccess { answer -> socket.emit('passed', answer) }
        .onFailure { fault -> socket.emit('failed', [fault.code(), fault.data().value()]) }
}

on.disconnecting { socket, reason ->
    socket.rooms().compose { rooms -> namespace('/').all().emit('leaving', rooms) }
}
