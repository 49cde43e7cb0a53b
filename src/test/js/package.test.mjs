// The npm package as the build lays it out, installed beside an application, as bundlers, Node and TypeScript see it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test as plainTest } from 'node:test';
import { FakeServer } from './support/fake-server.mjs';

const BUILT = resolve(process.env.SWITCHBOARD_NPM ?? '../../../target/npm');
const MANIFEST = JSON.parse(readFileSync(join(BUILT, 'package.json'), 'utf8'));
const TSC = resolve('node_modules/typescript/bin/tsc');
const test = (name, body) => plainTest(name, { timeout: 60_000 }, body);

/** The folder of an application that has the package, and these files. */
function application(t, files) {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-npm-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'node_modules'));
  cpSync(BUILT, join(folder, 'node_modules', MANIFEST.name), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

const run = (folder, ...command) =>
  execFileSync(process.execPath, command, { cwd: folder, encoding: 'utf8', stdio: 'pipe' });

const TYPED = `
const socket = connect('http://127.0.0.1', { namespace: '/chat', token: null });
socket.on('news', (data) => console.log(data));
socket.emit('hello', { a: 1 });
const answer: Promise<unknown> = socket.ask('rooms');
console.log(answer, typeof token, typeof tokens);
`;

test('import and require give the same three functions', (t) => {
  const show = 'console.log([typeof connect, typeof token, typeof tokens].join());';
  const folder = application(t, {
    'a.mjs': `import { connect, token, tokens } from '${MANIFEST.name}';\n${show}`,
    'b.cjs': `const { connect, token, tokens } = require('${MANIFEST.name}');\n${show}`,
    'c.mjs': `import '${MANIFEST.name}/switchboard.js';\nconst { connect, token, tokens } = globalThis.Switchboard;\n${show}`,
  });
  for (const file of ['a.mjs', 'b.cjs', 'c.mjs']) {
    assert.equal(run(folder, file), 'function,object,function\n', file);
  }
});

test('what it gives connects', async (t) => {
  const { createRequire } = await import('node:module');
  const folder = application(t, { 'a.cjs': '' });
  const { connect } = createRequire(join(folder, 'a.cjs'))(MANIFEST.name);
  const { WebSocket } = await import('ws');
  const server = await FakeServer.start(t);
  const socket = connect(server.url, { WebSocket, token: null, transport: 'websocket' });
  t.after(() => socket.close());
  const open = new Promise((done) => socket.once('open', done));
  (await server.peer()).open();
  await open;
});

test('TypeScript finds its types, and refuses what they do not allow', (t) => {
  const folder = application(t, {
    'good.mts': `import { connect, token, tokens } from '${MANIFEST.name}';\n${TYPED}`,
    'good.cts': `import { connect, token, tokens } from '${MANIFEST.name}';\n${TYPED}`,
    'bad.mts': `import { connect } from '${MANIFEST.name}';\nconnect(7);\n`,
  });
  const options = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--target', 'es2022', '--module', 'node16'];
  run(folder, TSC, ...options, 'good.mts', 'good.cts');
  assert.throws(() => run(folder, TSC, ...options, 'bad.mts'), (fault) => /bad\.mts\(2,9\)/.test(fault.stdout));
});

test('every file that the manifest names is there, and no other', () => {
  const named = JSON.stringify(MANIFEST).match(/\.\/[\w.]+/g).map((name) => name.slice(2));
  for (const name of named) {
    assert.ok(existsSync(join(BUILT, name)), name);
  }
  const packed = JSON.parse(execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: BUILT, encoding: 'utf8' }));
  assert.deepEqual(
    packed[0].files.map((file) => file.path).sort(),
    [...new Set([...named, 'README.md', 'switchboard.d.ts'])].sort());
  assert.match(MANIFEST.version, /^\d+\.\d+\.\d+/);
});
