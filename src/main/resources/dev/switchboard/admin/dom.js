// Makes elements. What comes from outside becomes text, never markup.

const SVG = 'http://www.w3.org/2000/svg';

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (typeof value === 'function') element.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined).map((child) => (child instanceof Node ? child : String(child))));
  return element;
}

/** An element with attributes (a function listens) and children (texts, elements, lists of them). */
export const el = (name, attributes, ...children) => fill(document.createElement(name), attributes, children);

/** The same for SVG. */
export const svg = (name, attributes, ...children) => fill(document.createElementNS(SVG, name), attributes, children);

export const byId = (id) => document.getElementById(id);

/** Makes these the children. What stays in its place is not touched: an element that is moved loses the focus. */
function arrange(parent, children) {
  for (const child of [...parent.children]) if (!children.includes(child)) child.remove();
  children.forEach((child, n) => {
    if (parent.children[n] !== child) parent.insertBefore(child, parent.children[n] ?? null);
  });
}

/**
 * A table of these columns: `{head, cell(row), kind}`. On a phone each row is a block.
 *
 * Rows are kept as long as their key is there, so that whoever is about to press a button in one still finds it.
 */
export function table(place, columns, key, empty) {
  const body = el('tbody');
  const head = el('thead', null, el('tr', null, columns.map((column) => el('th', { scope: 'col', class: column.kind }, column.head))));
  const whole = el('table', { class: 'stack' }, head, body);
  const nothing = el('p', { class: 'empty' }, empty);
  const kept = new Map();
  return (rows) => {
    const before = new Map(kept);
    kept.clear();
    const shown = rows.map((row) => {
      const name = key(row);
      const line = before.get(name) ?? { row: el('tr', null, columns.map((c) => el('td', { class: c.kind, 'data-head': c.kind === 'end' ? null : c.head || null }))), texts: [] };
      kept.set(name, line);
      columns.forEach((column, n) => {
        const print = column.print ? column.print(row) : null;
        if (print === null || line.texts[n] !== print) {
          line.texts[n] = print;
          line.row.children[n].replaceChildren(...[column.cell ? column.cell(row) : print].flat().filter((c) => c !== null));
        }
      });
      return line.row;
    });
    arrange(body, shown);
    arrange(place, [rows.length ? whole : nothing]);
  };
}
