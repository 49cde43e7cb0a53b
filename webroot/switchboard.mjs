import './switchboard.js';
export const { connect, token, tokens } = globalThis.Switchboard;
