/**
 * The client's page at work: one list, one sound at a time, answers kept in the browser and saved as a small file. It runs
 * from file://, so it loads nothing and asks nobody. Every text is set as text, never as markup.
 */
export const pageScript = String.raw`'use strict';
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const pack = read('package');
  const words = read('words');
  const language = (navigator.language || 'en').toLowerCase().startsWith('de') ? 'de' : 'en';
  const say = (key, values = {}) => words[language][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''));
  document.documentElement.lang = language;
  document.title = pack.title + ' – ' + say('title');

  const make = (name, attributes = {}, ...children) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value === true ? '' : String(value));
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  };
  const clock = (seconds) => Math.floor(seconds / 60) + ':' + (seconds % 60).toFixed(1).padStart(4, '0');

  // What was answered so far outlives a reload where the browser lets a page from a folder keep anything.
  const place = 'cuebooth-review-' + pack.packageId;
  let kept = { person: '', answers: {} };
  try { kept = Object.assign(kept, JSON.parse(localStorage.getItem(place) || '{}')); } catch { /* begins anew */ }
  let unsaved = false;
  const keep = () => {
    unsaved = true;
    try { localStorage.setItem(place, JSON.stringify(kept)); } catch { /* the answers file is what counts */ }
  };
  const answerOf = (take) => (kept.answers[take.id] ??= { verdict: 'open', at: 0, comments: [] });
  addEventListener('beforeunload', (event) => { if (unsaved) event.preventDefault(); });

  const audio = new Audio();
  audio.preload = 'auto';
  let current = pack.takes[0] ?? null;
  let shown = pack.takes;
  let filter = '';
  let goesOn = false;
  let writing = null;

  const said = make('p', { class: 'said', role: 'status' });
  const tell = (text, failed) => { said.textContent = text; said.classList.toggle('failed', failed === true); };

  const load = (take) => {
    const wanted = new URL(take.file, location.href).href;
    if (audio.src !== wanted) audio.src = wanted;
  };
  const play = () => {
    if (current === null) return;
    load(current);
    audio.play().catch(() => tell(say('cannotPlay'), true));
  };
  const toggle = () => { if (audio.paused) play(); else audio.pause(); };

  const canvasOf = (take) => {
    const canvas = make('canvas', { 'aria-hidden': 'true' });
    const at = (event) => {
      const box = canvas.getBoundingClientRect();
      load(take);
      audio.currentTime = Math.max(0, Math.min(1, (event.clientX - box.left) / box.width)) * (take.durationMs / 1000);
      draw();
    };
    canvas.addEventListener('pointerdown', (event) => { canvas.setPointerCapture(event.pointerId); at(event); });
    canvas.addEventListener('pointermove', (event) => { if (event.buttons === 1) at(event); });
    return canvas;
  };
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const draw = () => {
    const canvas = document.querySelector('canvas');
    if (canvas === null || current === null) return;
    const scale = devicePixelRatio || 1;
    const width = (canvas.width = canvas.clientWidth * scale);
    const height = (canvas.height = canvas.clientHeight * scale);
    const pen = canvas.getContext('2d');
    const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name);
    const heard = (audio.currentTime * 1000) / Math.max(1, current.durationMs);
    const peaks = current.peaks;
    const step = width / Math.max(1, peaks.length);
    let highest = 1;
    for (const peak of peaks) highest = Math.max(highest, alphabet.indexOf(peak));
    for (let index = 0; index < peaks.length; index += 1) {
      const tall = Math.max(2, (alphabet.indexOf(peaks[index]) / highest) * height);
      pen.fillStyle = colour(index / peaks.length < heard ? '--accent' : '--wave');
      pen.fillRect(index * step, (height - tall) / 2, Math.max(1, step - scale), tall);
    }
    pen.fillStyle = colour('--text');
    for (const { atMs } of answerOf(current).comments)
      if (atMs !== null) pen.fillRect((atMs / current.durationMs) * width - scale, 0, 2 * scale, height);
  };

  const decide = (verdict) => {
    if (current === null) return;
    const answer = answerOf(current);
    answer.verdict = answer.verdict === verdict ? 'open' : verdict;
    answer.at = Date.now();
    keep();
    if (answer.verdict === 'open') return render();
    const index = shown.indexOf(current);
    const next = shown.slice(index + 1).find((take) => answerOf(take).verdict === 'open');
    const wasPlaying = !audio.paused;
    if (next === undefined) return render();
    select(next);
    if (goesOn || wasPlaying) play();
  };
  const addComment = (text) => {
    const clean = text.trim().slice(0, 4000);
    if (clean !== '' && current !== null) {
      const id = crypto.randomUUID ? crypto.randomUUID() : String(Date.now()) + '-' + Math.random().toString(36).slice(2);
      const answer = answerOf(current);
      answer.comments.push({ id, atMs: writing > 0 ? Math.round(writing * 1000) : null, text: clean, at: Date.now() });
      answer.at = Date.now();
      keep();
    }
    writing = null;
    render();
  };
  const write = () => { if (current === null) return; audio.pause(); writing = audio.currentTime; render(); document.querySelector('form textarea')?.focus(); };

  const select = (take) => {
    if (take === current) return;
    audio.pause();
    current = take;
    writing = null;
    load(take);
    audio.currentTime = 0;
    render();
    document.querySelector('li[aria-current]')?.scrollIntoView({ block: 'nearest' });
  };
  const step = (by) => {
    const next = shown[Math.max(0, Math.min(shown.length - 1, shown.indexOf(current) + by))];
    if (next !== undefined && next !== current) { const goes = !audio.paused; select(next); if (goes) play(); }
  };

  const verdictWords = (verdict) =>
    verdict === 'approved' ? make('b', { class: 'good' }, '✓ ' + say('approved'))
    : verdict === 'rejected' ? make('b', { class: 'bad' }, '✕ ' + say('rejected'))
    : make('span', {}, say('open'));
  const usedIn = ({ variants, variantCount }) => {
    const more = variantCount - variants.length;
    return say('usedIn', { names: variants.join(', ') + (more > 0 ? ' ' + say('more', { count: more }) : '') });
  };
  const button = (label, key, onclick, rest = {}) =>
    make('button', { type: 'button', onclick, ...rest }, label, key === null ? null : make('kbd', {}, key));

  const details = (take) => {
    const answer = answerOf(take);
    const comments = make('ul', { class: 'comments' });
    for (const comment of answer.comments) {
      comments.append(make('li', {},
        make('b', { class: 'soft' }, comment.atMs === null ? say('comment') : clock(comment.atMs / 1000)),
        make('span', {}, comment.text),
        button('✕', null, () => { answer.comments = answer.comments.filter((one) => one !== comment); answer.at = Date.now(); keep(); render(); }, { 'aria-label': say('remove') })));
    }
    const area = make('textarea', { 'aria-label': say('comment'), placeholder: say('commentPlace'), maxlength: '4000', rows: '1',
      onkeydown: (event) => {
        if (event.key === 'Escape') { event.stopPropagation(); writing = null; render(); }
        if (event.key === 'Enter' && !event.shiftKey) { event.preventDefault(); addComment(area.value); }
      } });
    const form = make('form', { onsubmit: (event) => { event.preventDefault(); addComment(area.value); } },
      make('label', { class: 'soft' }, writing > 0 ? say('commentAt', { time: clock(writing) }) : say('commentWhole')), area, make('button', { type: 'submit' }, say('add')));
    return [
      canvasOf(take),
      make('div', { class: 'actions' },
        button(audio.paused ? say('play') : say('pause'), '␣', toggle, { class: 'play' }),
        button(say('approve'), 'A', () => decide('approved'), { class: 'approve', 'aria-pressed': answer.verdict === 'approved' ? 'true' : 'false' }),
        button(say('reject'), 'X', () => decide('rejected'), { class: 'reject', 'aria-pressed': answer.verdict === 'rejected' ? 'true' : 'false' }),
        button(say('comment'), 'C', write)),
      writing === null ? null : form,
      answer.comments.length === 0 ? null : comments,
    ];
  };
  const row = (take) => {
    const answer = answerOf(take);
    const open = take === current;
    return make('li', { 'data-verdict': answer.verdict, 'aria-current': open ? 'true' : null },
      make('div', { class: 'head' },
        make('span', {}, take.number + ' · ' + take.character + ' · ' + usedIn(take)),
        make('span', {}, (answer.comments.length > 0 ? '✎ ' + answer.comments.length + ' · ' : '') + clock(take.durationMs / 1000) + ' · ', verdictWords(answer.verdict))),
      make('button', { type: 'button', class: 'open-text', onclick: () => { if (open) toggle(); else { select(take); play(); } } }, make('span', { class: 'text' }, take.text)),
      ...(open ? details(take) : []));
  };

  const list = make('ol', {});
  const count = make('span', { class: 'count', role: 'status' });
  const name = make('input', { 'aria-label': say('yourName'), placeholder: say('yourName'), maxlength: '120', value: kept.person,
    oninput: () => { kept.person = name.value; keep(); } });
  const fits = (take) => {
    if (filter === '') return true;
    if (filter === 'open') return answerOf(take).verdict === 'open' || take === current;
    return take.spots.includes(Number(filter.slice(1)));
  };
  const render = () => {
    shown = pack.takes.filter(fits);
    const decided = pack.takes.filter((take) => answerOf(take).verdict !== 'open').length;
    count.textContent = say('progress', { done: decided, total: pack.takes.length });
    list.replaceChildren(...(shown.length === 0 ? [make('p', { class: 'soft' }, say('nothing'))] : shown.map(row)));
    draw();
  };

  const save = () => {
    const person = kept.person.trim();
    if (person === '') { tell(say('nameNeeded'), true); name.focus(); return; }
    const answers = pack.takes.flatMap((take) => {
      const { verdict, at, comments } = answerOf(take);
      return at === 0 ? [] : [{ take: take.id, verdict, at, comments }];
    });
    const file = pack.fileName.replace(/\.zip$/, '') + ' - ' + person.replace(/[^\p{L}\p{N} ._-]+/gu, '').slice(0, 40).trim() + '.answers.json';
    const body = JSON.stringify({ cuebooth: 'review-answers', version: 1, packageId: pack.packageId, person, savedAt: Date.now(), answers }, null, 1);
    const address = URL.createObjectURL(new Blob([body], { type: 'application/json' }));
    make('a', { href: address, download: file }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    unsaved = false;
    tell(say('saved', { file }));
  };

  const choice = make('select', { 'aria-label': say('show'), onchange: () => {
    filter = choice.value;
    shown = pack.takes.filter(fits);
    if (!shown.includes(current) && shown[0] !== undefined) select(shown[0]);
    else render();
  } },
    make('option', { value: '' }, say('everything')),
    make('option', { value: 'open' }, say('undecided')),
    ...pack.spots.map((spot, index) => make('option', { value: 's' + index }, spot)));
  const on = make('input', { type: 'checkbox', onchange: () => { goesOn = on.checked; } });

  document.body.append(
    make('header', {}, make('div', { class: 'top' }, make('h1', {}, pack.title), count, make('label', {}, name), button(say('save'), 'S', save, { class: 'save' }))),
    make('main', {},
      pack.note === '' ? null : make('p', { class: 'note' }, pack.note),
      make('p', { class: 'hint' }, say('intro')),
      make('p', { class: 'hint' }, say('keys')),
      make('div', { class: 'filters' }, make('label', {}, say('show'), choice), make('label', {}, on, say('playAll'))),
      said,
      list));

  let frame = 0;
  const follow = () => { draw(); frame = audio.paused ? 0 : requestAnimationFrame(follow); };
  const label = () => { const found = document.querySelector('.play'); if (found !== null) found.firstChild.textContent = audio.paused ? say('play') : say('pause'); };
  audio.addEventListener('play', () => { label(); if (frame === 0) follow(); });
  audio.addEventListener('pause', label);
  audio.addEventListener('error', () => { if (audio.error !== null && audio.src !== '') tell(say('cannotPlay'), true); });
  audio.addEventListener('ended', () => { draw(); if (goesOn) { const before = current; step(1); if (current !== before) play(); } });
  addEventListener('resize', draw);
  const keys = {
    ' ': toggle, j: () => step(1), k: () => step(-1), a: () => decide('approved'), x: () => decide('rejected'), c: write, s: save,
    arrowleft: () => { audio.currentTime = Math.max(0, audio.currentTime - 1); draw(); },
    arrowright: () => { audio.currentTime += 1; draw(); },
  };
  addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { target } = event;
    if (target instanceof HTMLInputElement && target.type !== 'checkbox') return;
    if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return;
    if (event.key === ' ' && target instanceof HTMLElement && target.closest('button, input') !== null) return;
    const run = keys[event.key.toLowerCase()];
    if (run === undefined) return;
    event.preventDefault();
    run();
  });
  if (current !== null) load(current);
  render();
})();
`;
