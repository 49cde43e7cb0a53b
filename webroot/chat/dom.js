/** The few things that the chat does with the page's elements. */
export const $ = (id) => document.getElementById(id);

/** An element with properties and children. A string becomes text: what people wrote is never taken for HTML. */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Makes the children of a list follow the items, and keeps those that stay: with them focus and selection stay. */
export function follow(list, items, create, update) {
  const known = new Map([...list.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, n) => {
    const key = String(item.key);
    const child = known.get(key) ?? create(item);
    known.delete(key);
    child.dataset.key = key;
    update(child, item);
    if (list.children[n] !== child) list.insertBefore(child, list.children[n] ?? null);
  });
  for (const child of known.values()) child.remove();
}

/** The round sign of a person: the first letters of the name, in a colour that the id chooses. */
export function face({ id, name }) {
  const element = make('span', { className: 'face', ariaHidden: 'true' });
  const sum = [...id].reduce((hash, letter) => (hash * 31 + letter.codePointAt(0)) % 9973, 7);
  element.style.setProperty('--hue', Math.round(sum * 137.5) % 360);
  const letters = name.trim().split(/\s+/).map((word) => [...word][0] ?? '');
  element.textContent = [letters[0], letters.length > 1 ? letters.at(-1) : ''].join('').toUpperCase();
  return element;
}
