/** Draws the chat around the messages, and hands on what the person does. */
import { $, face, follow, make } from './dom.js';
import { Log } from './log.js';

const NOTICE_LASTS = 6_000;
const byName = (a, b) => a.name.localeCompare(b.name);

export class View {
  #state;
  #actions;
  #log;
  #shown = null;
  #scheduled = false;
  #noticeTimer = null;

  /** @param state see chat.js; @param actions what the person can do, by name */
  constructor(state, actions) {
    this.#state = state;
    this.#actions = actions;
    this.#log = new Log(actions);
    this.#bind();
    this.#bindPanels();
    setInterval(() => this.#state.line.until && this.draw(), 500); // the seconds until it tries again
  }

  /** Draws what has changed, once for all that happens in one turn. */
  draw() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#page();
    });
  }

  notice(text) {
    $('notice').textContent = text;
    $('notice').hidden = false;
    clearTimeout(this.#noticeTimer);
    this.#noticeTimer = setTimeout(() => { $('notice').hidden = true; }, NOTICE_LASTS);
  }

  // ── what the person does ──

  #bind() {
    const on = (id, event, listener) => $(id).addEventListener(event, listener);
    const submitted = (id, listener) => on(id, 'submit', (event) => {
      event.preventDefault();
      listener();
    });
    submitted('login', () => this.#login());
    submitted('join', () => {
      const room = $('room').value.trim();
      $('room').value = '';
      if (room) this.#leavePanel(() => this.#actions.join(room));
    });
    submitted('composer', () => this.#send());
    on('text', 'keydown', (event) => {
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
    on('text', 'input', () => {
      this.#fit();
      const talk = this.#state.talks.current;
      if (!talk) return;
      talk.text = $('text').value;
      this.#actions.typing(talk, talk.text.trim() !== '');
    });
    on('logout', 'click', () => this.#actions.logout());
    on('leave', 'click', () => this.#actions.leave(this.#state.talks.current));
    on('come-back', 'click', () => this.#actions.comeBack());
    on('transport', 'change', () => this.#actions.transport($('transport').value));
    document.addEventListener('visibilitychange', () => this.#state.talks.seen());
    document.addEventListener('keydown', (event) => this.#key(event));
  }

  async #login() {
    $('login-fault').textContent = '';
    try {
      await this.#actions.login($('name').value.trim());
    } catch (fault) {
      $('login-fault').textContent = fault.status ? fault.message : 'The server cannot be reached.';
    }
  }

  #send() {
    const talk = this.#state.talks.current;
    const text = $('text').value.trim();
    if (!talk || !text) return;
    talk.text = $('text').value = '';
    this.#fit();
    this.#actions.send(talk, text);
  }

  /** Alt and an arrow: the conversation above or below. Escape: away with the panel. */
  #key(event) {
    if (event.key === 'Escape' && $('chat').dataset.panel) {
      this.#panel('');
    } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const keys = [...document.querySelectorAll('#rooms li, #people li')].map((item) => item.dataset.key);
      const here = keys.indexOf(this.#state.talks.current?.key ?? '');
      const key = keys.at((here + (event.key === 'ArrowUp' ? -1 : 1)) % keys.length);
      if (key) this.#open(key);
      event.preventDefault();
    }
  }

  #open(key) {
    const person = this.#state.people.get(key.replace(/^person /, ''));
    if (person) this.#actions.talkTo(person);
    else this.#actions.show(key);
  }

  // ── panels: on narrow screens the lists slide over the conversation ──

  #bindPanels() {
    for (const panel of ['places', 'members']) {
      $(`show-${panel}`).addEventListener('click', () => this.#panel($('chat').dataset.panel === panel ? '' : panel));
    }
    $('veil').addEventListener('click', () => this.#panel(''));
  }

  #panel(panel) {
    const before = $('chat').dataset.panel;
    $('chat').dataset.panel = panel;
    for (const id of ['places', 'members']) $(`show-${id}`).ariaExpanded = String(id === panel);
    if (panel) $(panel).querySelector('button')?.focus();
    else if (before) $(`show-${before}`).focus();
  }

  #leavePanel(action) {
    $('chat').dataset.panel = '';
    this.#panel('');
    action();
    if (withMouse()) $('text').focus();
  }

  // ── drawing ──

  #page() {
    const { me, line, talks, transport } = this.#state;
    const door = !me;
    if (door && $('door').hidden) {
      $('login-fault').textContent = line.words ?? '';
      queueMicrotask(() => $('name').focus());
    }
    $('door').hidden = !door;
    $('chat').hidden = door;
    document.title = `${talks.unread ? `(${talks.unread}) ` : ''}Switchboard chat`;
    if (door) return;
    $('my-face').replaceChildren(face(me));
    $('my-name').textContent = me.name;
    $('transport').value = transport;
    this.#line(line);
    this.#lists();
    this.#talk(talks.current);
  }

  #line({ state, until, words, node }) {
    const seconds = Math.max(0, Math.ceil((until - Date.now()) / 1_000));
    const text = {
      open: 'Connected',
      connecting: seconds ? `No connection. Next try in ${seconds} s` : 'Connecting…',
      reconnecting: seconds ? `Connection lost. Next try in ${seconds} s` : 'Connection lost. Trying again…',
      closed: words || 'Not connected',
    }[state];
    $('connection').dataset.state = state;
    say($('connection-text'), text);
    $('node').textContent = node ? `node ${node}` : '';
    $('banner').hidden = state === 'open' || (state === 'connecting' && !until);
    $('come-back').hidden = state !== 'closed';
    const waits = `${text.replace(/s$/, 's.')} What you write waits until then.`;
    $('banner-text').textContent = state === 'closed' ? text : waits;
  }

  #lists() {
    const { talks, people, otherRooms, me, line } = this.#state;
    const rooms = talks.rooms.sort(byName);
    follow($('rooms'), rooms, (talk) => this.#row('#', talk.name, () => this.#actions.show(talk.key)), markTalk);
    const others = otherRooms.map((name) => ({ key: name, name }));
    follow($('other-rooms'), others, ({ name }) => this.#row('+', name, () => this.#actions.join(name)), () => {});
    const talkedTo = talks.people.map(({ id, name }) => [id, { id, name }]);
    const all = new Map([...talkedTo, ...people]);
    all.delete(me.id);
    const rows = [...all.values()].sort(byName).map((person) => ({ ...person, key: `person ${person.id}` }));
    const create = (person) => this.#row(face(person), person.name, () => this.#actions.talkTo(person));
    follow($('people'), rows, create, (row, person) => {
      markTalk(row, { ...talks.find(person.key), key: person.key });
      row.classList.toggle('absent', !people.has(person.id));
    });
    function markTalk(row, { key, unread = 0 }) {
      const current = talks.current?.key === key;
      row.firstChild.ariaCurrent = current ? 'true' : null;
      row.querySelector('.badge').textContent = unread || '';
      row.querySelector('.badge').title = unread ? `${unread} unread` : '';
    }
    $('online').textContent = people.size && line.state === 'open' ? `${people.size} online` : '';
    $('alone').hidden = rows.length > 0;
    const elsewhere = talks.unread - (talks.current?.unread ?? 0);
    $('elsewhere').textContent = elsewhere || '';
  }

  #row(sign, name, action) {
    const mark = typeof sign === 'string' ? make('span', { className: 'sign', ariaHidden: 'true' }, sign) : sign;
    const label = make('span', { className: 'label', dir: 'auto', textContent: name });
    const button = make('button', { title: name }, mark, label, make('span', { className: 'badge' }));
    button.addEventListener('click', () => this.#leavePanel(action));
    return make('li', {}, button);
  }

  #talk(talk) {
    const { people, me, line } = this.#state;
    $('chat').dataset.talk = talk ? (talk.room ? 'room' : 'person') : 'none';
    $('title').textContent = talk?.name ?? (line.state === 'open' ? 'Join a room, or talk to somebody' : '');
    $('leave').textContent = talk?.room ? 'Leave' : 'Close';
    if (talk !== this.#shown) {
      $('text').value = talk?.text ?? '';
      $('text').placeholder = talk ? `Write to ${talk.room ? '#' : ''}${talk.name}` : '';
      this.#fit();
      if (document.activeElement === document.body && withMouse()) $('text').focus();
    }
    this.#shown = talk;
    if (!talk) return $('log').replaceChildren();
    const here = talk.members.size === 1 ? 'Only you are here' : `${talk.members.size} people`;
    $('subtitle').textContent = talk.room ? here : people.has(talk.id) ? 'Private, online' : 'Private, not here now';
    const members = [...talk.members.values()].sort(byName).map((user) => ({ ...user, key: user.id }));
    follow($('member-list'), members, (user) => this.#member(user, me), () => {});
    this.#log.draw(talk);
    say($('typing'), typing([...talk.typists.values()].map(({ name }) => name)));
  }

  #member(user, me) {
    if (user.id !== me.id) return this.#row(face(user), user.name, () => this.#actions.talkTo(user));
    const label = make('span', { className: 'label', dir: 'auto', textContent: user.name });
    return make('li', { className: 'self' }, face(user), label, '(you)');
  }

  /** As high as its text, up to a limit in the style sheet. */
  #fit() {
    $('text').style.height = 'auto';
    $('text').style.height = `${$('text').scrollHeight}px`;
  }
}

/** Elsewhere a focused text brings up a keyboard that covers half of the screen. */
function withMouse() {
  return matchMedia('(hover: hover)').matches;
}

/** A status is read aloud when its text is set, so it is set only when it is another. */
function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function typing(names) {
  if (names.length === 0) return '';
  if (names.length > 2) return 'Several people are typing…';
  return `${names.join(' and ')} ${names.length === 1 ? 'is' : 'are'} typing…`;
}
