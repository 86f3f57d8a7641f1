/* The search: looks up what a reader types in the index of the site, of which it loads the parts that it needs.
   docs/search.md says how the index is made and how finds are ranked. Words come from the page. */
(() => {
  'use strict';

  // What a word's place in a record is worth: it is the name, stands in it, stands beside it, in the text.
  const WORTH = [20, 10, 3, 1];
  // A record about one that is found by name, such as an event in a region.
  const SUBJECT = 2.5;
  const SHOWN = 20;
  const LONGEST = 200;

  const form = document.getElementById('Search');
  if (!form) return;
  const field = form.querySelector('input');
  const told = document.getElementById('Told');
  const list = document.getElementById('Finds');
  const more = document.getElementById('More');
  const address = form.dataset.index;
  const folder = address.slice(0, address.lastIndexOf('/') + 1);

  // ------------------------------------------------------------------ parts of the index

  const parts = new Map();
  const loading = new Map();
  window.siteSearch = (name, data) => parts.set(name, data);

  // A script is the one thing that a page on a disk may load.
  function load(file) {
    if (!loading.has(file)) {
      loading.set(file, new Promise((done, failed) => {
        const script = document.createElement('script');
        script.src = folder + file;
        script.onload = () => done(parts.get(file.replace(/-[0-9a-f]+\.js$/, '')));
        script.onerror = () => {
          loading.delete(file);
          script.remove();
          failed(new Error(file));
        };
        document.head.append(script);
      }));
    }
    return loading.get(file);
  }

  const head = () => load(address.slice(folder.length));

  // ------------------------------------------------------------------ words

  const {words} = window.siteSpelling;

  function remembering(compute) {
    const known = new Map();
    return (word) => {
      if (!known.has(word)) known.set(word, compute(word));
      return known.get(word);
    };
  }

  // Known as soon as the head of the index is there.
  let spelling = null;

  /* global EnglishStemmer, RussianStemmer */
  const english = typeof EnglishStemmer === 'undefined' ? null : new EnglishStemmer();
  const russian = typeof RussianStemmer === 'undefined' ? null : new RussianStemmer();
  const stem = remembering((word) => {
    if (english && /^[a-z]+$/.test(word)) {
      return spelling(english.stemWord(word.replace(/is(e|ed|es|ing|er|ers|ation|ations)$/, 'iz$1')));
    }
    return russian && /^[\u0430-\u044f]+$/.test(word) ? russian.stemWord(word) : word;
  });

  // ------------------------------------------------------------------ finding

  // The parts that hold every word which begins as this one does.
  function termsFor(word, index) {
    const key = spelling(word);
    const first = word.length > 1 ? key.slice(0, 2) : key;
    const last = word.length > 1 ? `${first}\uffff` : key;
    return index.terms
      .filter(([start], at) => start <= last && (at + 1 === index.terms.length || index.terms[at + 1][0] >= first))
      .map(([, file]) => file);
  }

  function likeness(word, other, typing) {
    if (other === word) return 1;
    if (word.length === 1) return 0;
    if (stem(other) === stem(word)) return 0.8;
    const [key, whole] = [spelling(word), spelling(other)];
    if (whole === key) return 0.75;
    const begins = (typing && other.startsWith(word)) || (key.length > 3 && whole.startsWith(key));
    return begins ? 0.4 + 0.2 * Math.min(1, key.length / whole.length) : 0;
  }

  // Whether one word becomes the other by so few letters changed, left out, put in or swapped.
  function isNear(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return false;
    let [before, last] = [[], Array.from({length: other.length + 1}, (_, at) => at)];
    for (let row = 1; row <= one.length; row += 1) {
      const now = [row];
      for (let at = 1; at <= other.length; at += 1) {
        const same = one[row - 1] === other[at - 1] ? 0 : 1;
        now[at] = Math.min(last[at] + 1, now[at - 1] + 1, last[at - 1] + same);
        if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) {
          now[at] = Math.min(now[at], before[at - 2] + 1);
        }
      }
      [before, last] = [last, now];
    }
    return last[other.length] <= most;
  }

  // The rows whose word is like this one; only where there is none, those whose word is a slip away.
  function alike(word, rows, typing) {
    const found = rows.map((row) => [likeness(word, row[0], typing), row]).filter(([weight]) => weight > 0);
    if (found.length) return found;
    const key = spelling(word);
    const most = key.length < 4 ? 0 : key.length < 8 ? 1 : 2;
    return most ? rows.filter((row) => isNear(key, spelling(row[0]), most)).map((row) => [0.3, row]) : [];
  }

  function raise(scores, record, score) {
    if (score > (scores.get(record) || 0)) scores.set(record, score);
  }

  // By number of a record, what it is worth for one word.
  function scoresOf(word, rows, index, typing) {
    const scores = new Map();
    alike(word, rows, typing).forEach(([weight, row]) => {
      let sum = 0;
      for (let at = 1; at < row.length; at += 1) {
        sum += row[at];
        const [record, place] = [Math.floor(sum / WORTH.length), sum % WORTH.length];
        raise(scores, record, weight * WORTH[place]);
        if (place < 2 && index.subjects[record]) {
          let other = 0;
          index.subjects[record].forEach((step) => {
            other += step;
            raise(scores, other, weight * SUBJECT);
          });
        }
      }
    });
    const rarity = Math.log(1 + index.count / (1 + scores.size));
    return new Map(Array.from(scores, ([record, score]) => [record, score * rarity]));
  }

  // Records with all words, best first; if there is none, those with most of them.
  async function find(query) {
    const index = await head();
    spelling = spelling || remembering(window.siteSpelling.spelling(index.spellings));
    const asked = Array.from(new Set(words(query)));
    const sums = new Map();
    const counts = new Map();
    const tables = await Promise.all(asked.map((word) => Promise.all(termsFor(word, index).map(load))));
    asked.forEach((word, at) => {
      scoresOf(word, tables[at].flat(), index, at === asked.length - 1).forEach((score, record) => {
        sums.set(record, (sums.get(record) || 0) + score);
        counts.set(record, (counts.get(record) || 0) + 1);
      });
    });
    const most = Math.max(0, ...counts.values());
    const found = Array.from(sums.keys()).filter((record) => counts.get(record) === most);
    found.sort((one, other) => sums.get(other) - sums.get(one) || one - other);
    return {asked: asked.length, found, whole: most === asked.length, index};
  }

  // ------------------------------------------------------------------ showing

  function element(name, style, text) {
    const made = document.createElement(name);
    made.className = style;
    made.textContent = text;
    return made;
  }

  function line(row, index) {
    const [kind, name, lang, target, ...rest] = row;
    const item = element('li', 'find', '');
    const link = element('a', 'find__name', name);
    link.href = target;
    if (lang) link.lang = lang;
    item.append(element('span', 'find__kind', index.kinds[kind]), ' ', link, ' ');
    item.append(element('span', 'find__rest', rest.filter(Boolean).join(' \u00b7 ')));
    return item;
  }

  async function lines(records, index) {
    const files = records.map((record) => index.records[Math.floor(record / index.part)]);
    const rows = await Promise.all(files.map(load));
    return records.map((record, at) => line(rows[at][record % index.part], index));
  }

  function tell(message, count) {
    const number = (count || 0).toLocaleString(document.documentElement.lang);
    told.textContent = message ? message.replace('{count}', number) : '';
  }

  let current = null;
  let turn = 0;

  async function show(query) {
    turn += 1;
    const mine = turn;
    try {
      const result = words(query).length ? await find(query) : null;
      const shown = result ? await lines(result.found.slice(0, SHOWN), result.index) : [];
      if (mine !== turn) return;
      current = result;
      list.replaceChildren(...shown);
      list.hidden = !shown.length;
      more.hidden = !result || result.found.length <= SHOWN;
      if (!result) tell('');
      else if (!shown.length) tell(told.dataset.none);
      else tell(result.whole ? told.dataset.found : told.dataset.some, result.found.length);
    } catch {
      if (mine === turn) tell(told.dataset.failed);
    }
  }

  async function showMore() {
    const [result, from] = [current, list.children.length];
    const added = await lines(result.found.slice(from, from + SHOWN), result.index);
    if (result !== current || from !== list.children.length) return;
    list.append(...added);
    more.hidden = list.children.length >= result.found.length;
    added[0].querySelector('a').focus();
  }

  // ------------------------------------------------------------------ the reader's hand

  let waiting = 0;

  function asked() {
    const query = field.value.slice(0, LONGEST);
    try {
      history.replaceState(null, '', query ? `?${new URLSearchParams({q: query})}` : location.pathname);
    } catch {
      // Some browsers let no page on a disk change its address; the search works all the same.
    }
    show(query);
  }

  field.addEventListener('focus', () => head().catch(() => tell(told.dataset.failed)), {once: true});
  field.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(asked, 120);
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    asked();
  });
  more.addEventListener('click', showMore);

  const given = new URLSearchParams(location.search).get('q') || field.value;
  if (given) {
    field.value = given;
    show(given.slice(0, LONGEST));
  }
})();
