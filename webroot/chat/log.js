/** Draws what was said in one conversation. */
import { $, face, follow, make } from './dom.js';

const GROUP_LASTS = 5 * 60_000;
const NEAR = 80;
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const date = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

export class Log {
  #actions;
  #shown = null;
  #end = null;

  constructor(actions) {
    this.#actions = actions;
    $('down').addEventListener('click', () => this.#toEnd('smooth'));
    $('log').addEventListener('scroll', () => { if (this.#atEnd()) $('down').hidden = true; }, { passive: true });
    new ResizeObserver(() => { if ($('down').hidden) this.#toEnd(); }).observe($('log'));
  }

  /** Follows the talk as long as the reader is at its end; else says that there is more. */
  draw(talk) {
    const other = this.#shown !== talk;
    const follows = other || this.#atEnd();
    const items = [...itemsOf(talk), ...talk.drafts];
    if (other) $('log').replaceChildren();
    follow($('log'), items, (item) => this.#create(talk, item), update);
    const end = items.at(-1);
    const more = end?.key !== this.#end;
    if (follows || (more && end?.kind === 'draft')) this.#toEnd();
    else if (more) $('down').hidden = false;
    this.#shown = talk;
    this.#end = end?.key;
  }

  #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = $('log');
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  #toEnd(behavior = 'instant') {
    $('log').scrollTo({ top: $('log').scrollHeight, behavior });
    $('down').hidden = true;
  }

  #create(talk, item) {
    if (item.kind === 'message') return message(item);
    if (item.kind === 'draft') return this.#draft(talk, item);
    return make('li', { className: item.kind }, make('span', { dir: 'auto', textContent: item.text }));
  }

  #draft(talk, draft) {
    const again = make('button', { className: 'plain', textContent: 'Send again' });
    const discard = make('button', { className: 'plain', textContent: 'Discard' });
    again.addEventListener('click', () => this.#actions.sendAgain(talk, draft));
    discard.addEventListener('click', () => this.#actions.discard(talk, draft));
    return make(
      'li', { className: 'message mine draft first' },
      make('p', { className: 'bubble', dir: 'auto', textContent: draft.text }),
      make('p', { className: 'fate' }, make('span'), again, discard),
    );
  }
}

function message({ from, text, at, mine }) {
  const time = make('time', { dateTime: new Date(at).toISOString(), textContent: clock.format(at) });
  const name = make('strong', { dir: 'auto', textContent: mine ? 'You' : from.name });
  return make(
    'li', { className: 'message' },
    ...(mine ? [] : [face(from)]),
    make('p', { className: 'by' }, name, ' ', time),
    make('p', { className: 'bubble', dir: 'auto', title: full.format(at), textContent: text }),
  );
}

function update(element, { kind, first, mine, fault }) {
  if (kind === 'message') {
    element.classList.toggle('first', first);
    element.classList.toggle('mine', mine);
  } else if (kind === 'draft') {
    element.classList.toggle('failed', fault !== '');
    element.querySelector('.fate span').textContent = fault || 'Sending…';
  }
}

/** The entries with a line for each new day; `first` are messages that begin a group of the same person's. */
function* itemsOf({ entries }) {
  let before = null;
  for (const entry of entries) {
    const day = date.format(entry.at);
    if (!before || day !== date.format(before.at)) {
      yield { kind: 'day', key: `day ${entry.key}`, text: day === date.format(Date.now()) ? 'Today' : day };
      before = null;
    }
    const sameHand = before?.kind === 'message' && before.from.id === entry.from?.id;
    yield { ...entry, first: !sameHand || entry.at - before.at > GROUP_LASTS };
    before = entry;
  }
}
