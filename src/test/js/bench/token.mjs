// Verifies the token that a client brings, and says whose it is.
import jwt from 'jsonwebtoken';

const key = process.env.SWITCHBOARD_TOKEN_KEY;

export const userOf = (token) => jwt.verify(token, key, { algorithms: ['HS256'], audience: 'switchboard' }).sub;
