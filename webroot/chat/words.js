/** What went wrong, in words for people. */
const CLOSED = new Map([
  [4000, 'This address leads nowhere.'],
  [4001, 'You are logged out.'],
  [4002, 'You were away for long. Please come in again.'],
  [4003, 'You were sent out.'],
  [4400, 'The server did not understand this page.'],
]);

const FAILED = new Map([
  ['DISCONNECTED', 'The connection broke; perhaps it arrived, perhaps not.'],
  ['REFUSED', 'You are in too many rooms.'],
  ['TIMEOUT', 'The server did not answer in time; perhaps it arrived, perhaps not.'],
  ['HANDLER_TIMEOUT', 'The server took too long; perhaps it arrived, perhaps not.'],
  ['HANDLER_LOST', 'The server stumbled; perhaps it arrived, perhaps not.'],
  ['HANDLER_FAILED', 'Something went wrong at the server.'],
  ['NODE_TIMEOUT', 'A part of the server does not answer just now.'],
  ['NO_HANDLER', 'The chat is not running just now.'],
  ['QUEUE_FULL', 'Too much waits for the connection.'],
  ['TOO_MANY_PENDING', 'That was too much at once.'],
  ['RATE_LIMITED', 'A little slower, please.'],
  ['NOT_IN_ROOM', 'You are not in this room.'],
  ['NOT_CONNECTED', 'The server cannot be reached.'],
  ['INVALID_TOKEN', 'You may have to come in again soon.'],
]);

/**
 * @param fault what a socket rejected with, or the data of its error or close event
 * @param action what did not work, such as `join “lobby”`; empty when the place says it
 * @param name whom a private message was for
 */
export function words({ code, message, retry }, action = '', name = '') {
  if (typeof code === 'number') return CLOSED.get(code) ?? `The connection ended: ${message}.`;
  return action ? `Could not ${action}. ${reason(code, message, retry, name)}` : reason(code, message, retry, name);
}

function reason(code, message, retry, name) {
  if (code === 'NOT_ONLINE') return `${name} is not here any more.`;
  if (code === 'DISCONNECTED' && retry) return 'It was not sent.';
  return FAILED.get(code) ?? `${message}.`.replace(/([.!?])\.$/, '$1');
}
