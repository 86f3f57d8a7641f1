/* Narrows a timeline that stands whole on its page to what a reader chooses. The choice stands in the address alone,
   so that it can be kept, sent, and gone back from. Words come from the page. */
(() => {
  'use strict';

  const told = document.getElementById('Narrowed');
  if (!told) return;
  const [status, all] = told.children;
  const choices = [...document.querySelectorAll('a[data-filter]')];
  const events = [...document.querySelectorAll('li[data-kind]')];
  const stretches = [...document.querySelectorAll('section[id^="Year-"], section[id^="In-"]')];

  const shown = (place) => place.querySelectorAll('li[data-kind]:not([hidden])').length;

  // ------------------------------------------------------------------ the address

  function chosen() {
    const query = new URLSearchParams(location.search);
    return choices.filter(({dataset}) => query.getAll(dataset.filter).includes(dataset.choice));
  }

  function address(picked) {
    const query = new URLSearchParams(picked.map(({dataset}) => [dataset.filter, dataset.choice]));
    return picked.length ? `?${query}` : location.pathname;
  }

  // ------------------------------------------------------------------ the strip

  const byYear = document.querySelector('.strip[data-by-year]');
  const bars = [...document.querySelectorAll('.strip a')].map((link) => {
    const target = document.getElementById(link.hash.slice(1));
    const place = byYear ? target.parentElement : target;
    return {link, target, place, label: link.getAttribute('aria-label'), whole: shown(place)};
  });
  const most = Math.max(...bars.map((bar) => bar.whole));

  function draw({link, target, place, label, whole}) {
    const count = shown(place);
    const first = byYear ? place.querySelector('section:not([hidden])') || target : target;
    link.hidden = !count;
    link.href = `${location.search || location.pathname}#${first.id}`;
    // What is dated no closer than a year has its number in words, and a bar that lies.
    if (!label) return;
    const [bar, number] = link.firstElementChild.children;
    const height = Math.round((1000 * count) / most) / 10;
    bar.setAttribute('height', `${height}%`);
    for (const one of [bar, number]) one.setAttribute('y', `${100 - height}%`);
    number.textContent = count;
    const some = told.dataset.bar.replace('{label}', label).replace('{shown}', count);
    link.setAttribute('aria-label', count < whole ? some : label);
  }

  // ------------------------------------------------------------------ the list

  function show() {
    const picked = chosen();
    const wanted = new Map();
    for (const {dataset} of picked) wanted.set(dataset.filter, [...wanted.get(dataset.filter) || [], dataset.choice]);
    // Any of what is chosen in one filter, and something of each filter in which anything is.
    const fits = (event) => [...wanted].every(([name, ids]) => {
      const own = (event.dataset[name] || '').split(' ');
      return ids.some((id) => own.includes(id));
    });
    for (const event of events) event.hidden = !fits(event);
    for (const stretch of stretches) stretch.hidden = !shown(stretch);
    bars.forEach(draw);
    for (const choice of choices) {
      const on = picked.includes(choice);
      if (on) choice.setAttribute('aria-current', 'true');
      else choice.removeAttribute('aria-current');
      choice.href = address(on ? picked.filter((one) => one !== choice) : [...picked, choice]);
    }
    const names = picked.map((choice) => choice.textContent).join(', ');
    const words = names && `${told.dataset.told.replace('{shown}', shown(document))}: ${names}`;
    if (status.textContent !== words) status.textContent = words;
    all.hidden = !picked.length;
    all.href = location.pathname;
  }

  document.querySelector('.filters').addEventListener('click', (event) => {
    const link = event.target.closest('[data-filter], #Narrowed a');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    try {
      history.pushState(null, '', link.href);
    } catch {
      // Some browsers let no page on a disk change its address; then the link loads the page anew.
      return;
    }
    event.preventDefault();
    show();
    if (link === all) choices[0].focus();
  });
  addEventListener('popstate', show);

  show();
  const target = location.search && document.getElementById(location.hash.slice(1));
  if (target) target.scrollIntoView();
})();
