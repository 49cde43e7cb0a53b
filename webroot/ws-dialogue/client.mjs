/*
 * The dialogue on a terminal: node client.mjs [url [pause in ms]]
 * Node.js 22 has a WebSocket; 20 has it with --experimental-websocket.
 */
import { dialogue } from './dialogue.mjs';

const [url = 'ws://localhost:8080/ws', pause = '1000'] = process.argv.slice(2);
const write = (who, text) => console.log(`${who}: ${text}`);
await dialogue(new WebSocket(url), Number(pause), write).catch(() => { process.exitCode = 1; });
