/** The conversations of this tab: rooms, and one per person. Every change calls back, so that it is drawn. */
const MOST_ENTRIES = 500;
const TYPING_LASTS = 6_000;

export const inRoom = (name) => `room ${name}`;
export const withPerson = (id) => `person ${id}`;

export class Conversations {
  #all = new Map();
  #changed;
  #entries = 0;
  current = null;

  constructor(changed) {
    this.#changed = changed;
  }

  get rooms() { return [...this.#all.values()].filter(({ room }) => room); }
  get people() { return [...this.#all.values()].filter(({ room }) => !room); }
  get unread() { return [...this.#all.values()].reduce((sum, { unread }) => sum + unread, 0); }

  find(key) { return this.#all.get(key); }

  clear() {
    this.#all.clear();
    this.current = null;
  }

  joined(name, members) {
    const talk = this.#make({ key: inRoom(name), room: true, name });
    talk.members = new Map(members.map((member) => [member.id, member]));
    this.#changed();
  }

  /** The conversation with a person, made when it is the first. */
  person({ id, name }) {
    return this.#make({ key: withPerson(id), room: false, id, name });
  }

  #make(talk) {
    if (!this.#all.has(talk.key)) {
      const nothing = { members: new Map(), entries: [], drafts: [], typists: new Map(), unread: 0, text: '' };
      this.#all.set(talk.key, { ...nothing, ...talk });
    }
    return this.#all.get(talk.key);
  }

  show(key) {
    this.current = this.find(key) ?? null;
    this.seen();
  }

  /** What the current conversation says is read. */
  seen() {
    if (this.current && !document.hidden) this.current.unread = 0;
    this.#changed();
  }

  close(talk) {
    this.#all.delete(talk.key);
    if (this.current === talk) this.show(this.rooms[0]?.key);
    this.#changed();
  }

  // ── what is said ──

  said(talk, from, text, at, mine) {
    if (!talk) return;
    if (mine) talk.drafts = talk.drafts.filter((draft, n, all) => n !== all.findIndex((other) => other.text === text));
    this.#add(talk, { kind: 'message', from, text, at, mine });
    this.typing(talk, from, false);
    if (!mine && (talk !== this.current || document.hidden)) talk.unread++;
    this.#changed();
  }

  #add(talk, entry) {
    talk.entries.push({ ...entry, key: ++this.#entries });
    talk.entries.splice(0, talk.entries.length - MOST_ENTRIES);
  }

  /** The same line in all conversations in which something was said. */
  note(text) {
    for (const talk of this.#all.values()) {
      if (talk.entries.length) this.#add(talk, { kind: 'note', text, at: Date.now() });
    }
  }

  draft(talk, text) {
    const draft = { kind: 'draft', key: ++this.#entries, text, fault: '' };
    talk.drafts.push(draft);
    this.#changed();
    return draft;
  }

  drop(talk, draft) {
    talk.drafts = talk.drafts.filter((other) => other !== draft);
    this.#changed();
  }

  failed(talk, draft, fault) {
    draft.fault = fault;
    this.#changed();
  }

  // ── who is there ──

  /** Somebody came to a room, or left it. */
  moved(talk, user, came) {
    if (!talk || talk.members.has(user.id) === came) return;
    if (came) talk.members.set(user.id, user);
    else talk.members.delete(user.id);
    this.typing(talk, user, false);
    this.#add(talk, { kind: 'note', text: `${user.name} ${came ? 'came in' : 'left'}`, at: Date.now() });
    this.#changed();
  }

  /** Somebody types, or no longer does. It wears off, for the word that it is over may be lost. */
  typing(talk, from, types) {
    if (!talk) return;
    clearTimeout(talk.typists.get(from.id)?.timer);
    talk.typists.delete(from.id);
    if (types) {
      const timer = setTimeout(() => this.typing(talk, from, false), TYPING_LASTS);
      talk.typists.set(from.id, { name: from.name, timer });
    }
    this.#changed();
  }
}
