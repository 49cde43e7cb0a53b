// The events of this server, as its AsyncAPI document has them. What comes from there becomes text, never markup.

const byId = (id) => document.getElementById(id);

function el(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) element.setAttribute(key, value);
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

const answer = await fetch('asyncapi.json').catch(() => null);
const api = answer?.ok ? await answer.json() : null;

/** What a reference of the document leads to. */
const at = (reference) => reference.slice(2).split('/')
  .map((step) => decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~'))
  .reduce((part, step) => part?.[step], api);
const follow = (part) => {
  let found = part;
  for (let steps = 0; found?.$ref && steps < 20; steps++) found = at(found.$ref);
  return found ?? {};
};

/** A type in a word or two. */
function typeOf(schema) {
  const known = follow(schema);
  if (known.const !== undefined) return JSON.stringify(known.const);
  if (known.enum) return known.enum.map((value) => JSON.stringify(value)).join(' | ');
  const choices = known.anyOf ?? known.oneOf;
  if (choices && !known.properties) return choices.map(typeOf).join(' | ');
  if (known.type === 'array') return `list of ${known.items ? typeOf(known.items) : 'anything'}`;
  if (known.properties) return 'object';
  if (Array.isArray(known.type)) return known.type.join(' | ');
  return known.type ?? 'anything';
}

const BOUNDS = ['format', 'minLength', 'maxLength', 'pattern', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum',
  'multipleOf', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'default'];

const bounds = (schema) => BOUNDS.filter((word) => schema[word] !== undefined)
  .map((word) => `${word} ${typeof schema[word] === 'object' ? JSON.stringify(schema[word]) : schema[word]}`).join(', ');

/** The object whose keys are to be shown: the schema itself, or what its list holds. */
function inner(schema) {
  const known = follow(schema);
  return known.type === 'array' && known.items ? inner(known.items) : known;
}

/** The keys of an object, with theirs; what leads back into itself is not shown again. */
function fields(schema, within = []) {
  const known = inner(schema);
  if (!known.properties || within.includes(known)) return null;
  return el('ul', { class: 'fields' }, Object.entries(known.properties).map(([key, part]) => {
    const field = follow(part);
    const said = part.description ?? field.description;
    return el('li', null,
      el('b', null, key), ' ', el('code', { class: 'type' }, typeOf(part)), ' ',
      el('span', { class: 'bounds' }, [known.required?.includes(key) ? null : 'may be absent', bounds(field)].filter(Boolean).join(', ')),
      said ? el('p', null, said) : null,
      fields(part, [...within, known]));
  }));
}

function data(title, message) {
  const schema = message.payload.properties.data;
  const known = follow(schema);
  const declared = Object.keys(known).length > 0;
  return [
    el('h4', null, title),
    el('p', null, declared ? el('code', { class: 'type' }, typeOf(schema)) : el('span', { class: 'quiet' }, 'not declared'), ' ',
      el('span', { class: 'bounds' }, bounds(known))),
    known.description ? el('p', { class: 'quiet' }, known.description) : null,
    fields(schema),
    declared ? el('details', null, el('summary', null, 'JSON Schema'), el('pre', null, JSON.stringify(known, null, 2))) : null,
  ];
}

function event(name, parts, id) {
  const said = parts.map((part) => part.description).find(Boolean);
  const taken = parts.find((part) => part.action === 'receive');
  const sent = parts.find((part) => part.action === 'send');
  return el('article', { class: 'event', id, 'data-event': name },
    el('div', { class: 'top' }, el('h3', null, name),
      taken ? el('span', { class: 'chip in' }, 'clients send') : null,
      sent ? el('span', { class: 'chip out' }, 'clients are sent') : null),
    said ? el('p', { class: 'says' }, said) : null,
    taken ? data('Clients send', follow(taken.messages[0])) : null,
    taken ? data('The answer, when they ask', follow(taken.reply.messages[0])) : null,
    sent ? data('Clients are sent', follow(sent.messages[0])) : null);
}

function show() {
  const contents = [];
  const namespaces = Object.entries(api.channels).map(([key, channel]) => {
    const events = Map.groupBy(
      Object.values(api.operations).filter((operation) => operation.channel.$ref === `#/channels/${key}`),
      (operation) => operation.title);
    const shown = [...events].map(([name, parts], n) => event(name, parts, `${key}-${n}`));
    contents.push(el('strong', null, channel.title), el('div', null,
      shown.map((part) => el('a', { href: `#${part.id}`, 'data-of': part.id }, part.dataset.event))));
    return el('section', { class: 'namespace' }, el('h2', null, channel.title),
      el('p', { class: 'quiet' }, channel.address ? [`${api.servers.server.protocol}://${api.servers.server.host}${channel.address} — `] : [], channel.description),
      shown.length ? shown : el('p', { class: 'empty' }, 'No events are declared or handled.'));
  });
  byId('contents').replaceChildren(...contents);
  byId('events').replaceChildren(...namespaces);
  document.title = api.info.title;
}

function filter() {
  const wanted = byId('filter').value.trim().toLowerCase();
  for (const part of document.querySelectorAll('.event')) {
    part.hidden = !part.dataset.event.toLowerCase().includes(wanted);
    document.querySelector(`[data-of="${part.id}"]`).hidden = part.hidden;
  }
}

if (api) {
  show();
  byId('filter').addEventListener('input', filter);
  filter();
} else {
  byId('state').textContent = 'The server does not answer.';
}
