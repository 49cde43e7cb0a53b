import { checked } from './checks.js';

let said = 0;

on('name', (socket, data) => socket.attribute('name', data));

on('enter', async (socket, room) => {
    await socket.join(room);
    await socket.toOthersIn(room).emit('entered', socket.attribute('name'));
    return socket.rooms();
});

on('say', async (socket, { room, text }) => {
    await socket.toRoom(room).emit('said', { from: socket.attribute('name'), text: checked(text) });
    return ++said;
});

on('clear', async (socket, room) => {
    const sure = await socket.ask('sure?', room, 10_000);
    if (sure !== true) {
        return 'kept';
    }
    await socket.toRoom(room).emit('cleared', room);
    return 'cleared';
});

on.close((socket, reason) => socket.broadcast('left', socket.attribute('name')));
