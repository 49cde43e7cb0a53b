/** What several tabs of one browser share: a storage whose changes every other tab is told of. */
export class SharedStorage {
  #values = new Map();
  #tabs = [];

  /**
   * One tab: its view of the storage. While `load` runs, the global `addEventListener` is this tab's, as it would be in
   * a page of its own.
   */
  tab(load) {
    const tab = { listeners: [] };
    this.#tabs.push(tab);
    const tell = (key) => {
      for (const other of this.#tabs.filter((one) => one !== tab)) {
        for (const listener of other.listeners) queueMicrotask(() => listener({ key }));
      }
    };
    const storage = {
      getItem: (key) => this.#values.get(key) ?? null,
      setItem: (key, value) => { this.#values.set(key, value); tell(key); },
      removeItem: (key) => { this.#values.delete(key); tell(key); },
    };
    globalThis.addEventListener = (type, listener) => { if (type === 'storage') tab.listeners.push(listener); };
    try {
      return load(storage);
    } finally {
      delete globalThis.addEventListener;
    }
  }
}

/** A JWT that nobody signed. */
export function jwt(claims) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.x`;
}

/** A `document` whose head has this page token, until the test ends. */
export function pageWith(test, content) {
  globalThis.document = { querySelector: (css) => (css === 'meta[name="page-token"]' ? { content } : null) };
  test.after(() => delete globalThis.document);
}

/** A `navigator.locks` that all tabs share, until the test ends: one at a time, in the order asked. */
export function lockOfBrowser(test) {
  const before = Object.getOwnPropertyDescriptor(globalThis, 'navigator');
  let last = Promise.resolve();
  const request = (name, work) => (last = last.then(work, work));
  Object.defineProperty(globalThis, 'navigator', { value: { locks: { request } }, configurable: true });
  test.after(() => {
    if (before) Object.defineProperty(globalThis, 'navigator', before);
    else delete globalThis.navigator;
  });
}
