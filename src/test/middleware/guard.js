function refusal(code, message, data) {
    return Object.assign(new Error(message), { code, data });
}

on.connection(async (socket, next) => {
    const { room } = socket.handshake.query;
    if (room === undefined) {
        throw refusal('NO_ROOM', 'Which room?', { rooms: ['den'] });
    }
    if (room === 'closed') {
        return;
    }
    await socket.join(room);
    await socket.emit('welcome', 'Hello');
    const reason = await next();
    await namespace('/').all().emit('left', [room, reason.code]);
});

on.packet(async (socket, packet, next) => {
    if (packet.event === 'drop') {
        return;
    }
    if (packet.event === 'admin') {
        throw refusal('FORBIDDEN', 'For administrators only');
    }
    if (packet.event === 'chat') {
        packet.event = 'say';
        packet.data = packet.data.trim();
    }
    if (packet.event === 'close me') {
        packet.event = 'close';
    }
    try {
        const answer = await next();
        await socket.emit('passed', answer);
    } catch (e) {
        await socket.emit('failed', [e.code, e.data]);
        throw e;
    }
});
