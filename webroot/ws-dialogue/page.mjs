import { dialogue } from './dialogue.mjs';

const pause = Number(new URLSearchParams(location.search).get('pause') ?? 1000);
const start = document.getElementById('start');

document.getElementById('begin').addEventListener('submit', async (event) => {
  event.preventDefault();
  start.disabled = true;
  document.getElementById('log').replaceChildren();
  await dialogue(new WebSocket(`${location.origin.replace('http', 'ws')}/ws`), pause, write).catch(() => {}); // it has written why
  start.disabled = false;
});

function write(who, text) {
  const line = document.createElement('li');
  line.append(Object.assign(document.createElement('code'), { textContent: who }), ` ${text}`);
  document.getElementById('log').append(line);
}
