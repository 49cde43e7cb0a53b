/**
 * The client's part, in a browser and in Node.js: greets, answers three questions, takes its leave at the fourth.
 *
 * @param socket a WebSocket that is about to connect
 * @param pause how many ms it thinks before an answer
 * @param write called with who says something (client, server), and what
 * @returns succeeds when the connection is closed, fails when it could not be made or broke
 */
export function dialogue(socket, pause, write) {
  let count = 0;
  const say = (text) => {
    write('client', text);
    socket.send(text);
  };
  socket.addEventListener('open', () => say('Hello!'));
  socket.addEventListener('message', ({ data }) => {
    write('server', data);
    count++;
    if (count > 3) {
      say('Goodbye!');
      socket.close();
    } else {
      setTimeout(say, pause, `Hello, I'm Mr No.${count}!`);
    }
  });
  return new Promise((resolve, reject) => {
    socket.addEventListener('error', () => {
      write('client', 'The connection failed.');
      reject(new Error('The connection failed'));
    });
    socket.addEventListener('close', () => {
      write('client', 'Closed.');
      resolve();
    });
  });
}
