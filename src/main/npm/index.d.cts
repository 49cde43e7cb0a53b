/// <reference path="./switchboard.d.ts" />
export const connect: typeof Switchboard.connect;
export const token: typeof Switchboard.token;
export const tokens: typeof Switchboard.tokens;
