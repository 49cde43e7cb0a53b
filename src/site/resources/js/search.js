// Finds sections of the site by their words. The index beside this file is made with the site, and loaded when somebody searches.
(() => {
  'use strict';
  const MOST = 12;
  const AROUND = 60;
  const here = document.currentScript.src;
  let loading;

  const index = () => loading ??= new Promise((resolve, reject) => {
    const script = document.createElement('script');
    script.src = new URL('search-index.js', here).href;
    script.onload = () => resolve(window.switchboardSections.map(([page, anchor, title, heading, text]) => ({
      page, anchor, title, heading, text, title_: title.toLowerCase(), heading_: heading.toLowerCase(), text_: text.toLowerCase(),
    })));
    script.onerror = () => reject(new Error('no index'));
    document.head.append(script);
  });

  const points = (section, words) => {
    let sum = 0;
    for (const word of words) {
      const one = (section.heading_.includes(word) ? 8 : 0) + (section.title_.includes(word) ? 3 : 0)
          + Math.min(4, section.text_.split(word).length - 1);
      if (one === 0) {
        return 0;
      }
      sum += one;
    }
    return sum;
  };

  const found = (sections, words) => sections
      .map(section => ({ section, points: points(section, words) }))
      .filter(one => one.points > 0)
      .sort((one, other) => other.points - one.points)
      .slice(0, MOST)
      .map(one => one.section);

  const excerpt = (section, words) => {
    const at = Math.max(0, Math.min(...words.map(word => section.text_.indexOf(word)).filter(place => place >= 0), section.text.length));
    const from = at < section.text.length ? Math.max(0, at - AROUND) : 0;
    return (from > 0 ? '…' : '') + section.text.slice(from, from + 3 * AROUND);
  };

  const item = (section, words) => {
    const link = document.createElement('a');
    link.href = new URL('../' + section.page + (section.anchor ? '#' + section.anchor : ''), here).href;
    link.textContent = section.heading === section.title ? section.title : section.title + ': ' + section.heading;
    const text = document.createElement('p');
    text.textContent = excerpt(section, words);
    const entry = document.createElement('li');
    entry.append(link, text);
    return entry;
  };

  const begin = () => {
    const place = document.getElementById('leftColumn') ?? document.body;
    const form = document.createElement('form');
    form.id = 'search';
    form.setAttribute('role', 'search');
    const input = document.createElement('input');
    input.type = 'search';
    input.placeholder = 'Search';
    input.setAttribute('aria-label', 'Search these pages');
    input.autocomplete = 'off';
    const results = document.createElement('ol');
    results.setAttribute('aria-live', 'polite');
    form.append(input, results);
    place.prepend(form);

    const show = async () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      if (words.length === 0) {
        results.replaceChildren();
        return;
      }
      const sections = found(await index(), words);
      if (input.value.toLowerCase().split(/\s+/).filter(Boolean).join() === words.join()) {
        const nothing = document.createElement('li');
        nothing.textContent = 'Nothing has all of these words.';
        results.replaceChildren(...(sections.length ? sections.map(section => item(section, words)) : [nothing]));
      }
    };
    input.addEventListener('focus', () => index().catch(() => {}));
    input.addEventListener('input', () => show().catch(fault => results.replaceChildren(fault.message)));
    input.addEventListener('keydown', event => {
      if (event.key === 'Escape') {
        input.value = '';
        results.replaceChildren();
      }
    });
    form.addEventListener('submit', event => {
      event.preventDefault();
      results.querySelector('a')?.click();
    });
    document.addEventListener('keydown', event => {
      if (event.key === '/' && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? '')) {
        event.preventDefault();
        input.focus();
      }
    });
  };
  document.readyState === 'loading' ? document.addEventListener('DOMContentLoaded', begin) : begin();
})();
