// Levels of loggers: which are changed, and the form that changes them.

import { byId, el, table } from './dom.js';

const EVERYWHERE = 'all nodes';
const clock = (millis) => new Date(millis).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** Shows what the nodes say, each time that it is called with them. */
export function logs({ ask, order, button, nodeName, look }) {
  const form = byId('level');

  const show = table(byId('level-table'), [
    { head: 'Logger', cell: (row) => el('code', { class: 'long' }, row.logger) },
    { head: 'Level', print: (row) => row.level, cell: (row) => el('span', { class: 'chip warn' }, row.level) },
    { head: 'Before', print: (row) => row.before ?? 'inherited' },
    { head: 'Node', print: (row) => nodeName(row.node), cell: (row) => el('span', { class: 'id' }, nodeName(row.node)) },
    { head: 'Until', print: (row) => (row.until ? clock(row.until) : 'the node ends') },
    { head: 'By', print: (row) => row.by, cell: (row) => el('span', { class: 'id long' }, row.by) },
    { head: '', kind: 'end', print: () => 'Back now', cell: (row) => button('Back now', () => change({ do: 'log-level-back', logger: row.logger, node: row.node }, `${row.logger} is as before`)) },
  ], (row) => JSON.stringify([row.node, row.logger, row.level, row.until]), 'Every logger has the level that its node was started with.');

  async function change(what, done) {
    if (await order(what, done)) await look();
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { logger, level, seconds, node } = Object.fromEntries(new FormData(form));
    change({ do: 'log-level', logger: logger.trim(), level, seconds: Number(seconds), node }, `${logger} logs ${level} now`);
  });

  form.logger.addEventListener('input', async () => {
    const { loggers } = await ask('find', { what: 'loggers', name: form.logger.value.trim() }).catch(() => ({ loggers: [] }));
    byId('loggers').replaceChildren(...loggers.map((name) => el('option', { value: name })));
  });

  return (nodes) => {
    const here = nodes.filter((node) => node.levels);
    const known = [...form.node.options].map((one) => one.value).join();
    const wanted = ['', ...here.map((node) => node.node)];
    if (known !== wanted.join() || !form.node.options.length) {
      const chosen = form.node.value;
      form.node.replaceChildren(...wanted.map((node) => el('option', { value: node, selected: node === chosen }, node ? nodeName(node) : EVERYWHERE)));
    }
    show(here.flatMap((node) => node.levels.map((one) => ({ ...one, node: node.node }))));
  };
}
