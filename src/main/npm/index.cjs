'use strict';

require('./switchboard.js');

const { connect, token, tokens } = globalThis.Switchboard;
module.exports = { connect, token, tokens };
