// How a person finds things on a page: by the words they see. Evaluated anew for each step, so it leaves nothing behind.
//
// A name is compared with spaces folded. An exact match wins over one that begins with the words, and that over one
// that contains them. "Housing > Change" is "Change" inside the part of the page called "Housing": a fieldset by its
// legend, a section, table row or list by its heading.
(() => {
  const fold = s => (s || '').replace(/\s+/g, ' ').trim();
  const all = (root, css) => [...root.querySelectorAll(css)].filter(el => el.checkVisibility({visibilityProperty: true}));
  const byIDs = ids => fold((ids || '').split(' ').map(id => document.getElementById(id)?.textContent).join(' '));
  const explicit = el => fold(el.getAttribute('aria-label')) || byIDs(el.getAttribute('aria-labelledby'));
  const describe = el => fold(el.cloneNode(false).outerHTML).slice(0, 120);

  const clickName = el => explicit(el) || fold(el.matches('input') ? el.value || el.alt : el.innerText) || fold(el.querySelector('img')?.alt);
  const fieldNames = el => [explicit(el), ...[...(el.labels || [])].map(l => fold(l.innerText)), fold(el.placeholder)].filter(Boolean);
  const heads = 'legend, caption, h1, h2, h3, h4, h5, h6, summary, th, dt';
  const groups = 'fieldset, section, article, form, table, tr, li, details, dialog, nav, aside, dl > div, [role=group], [role=region], [role=dialog]';

  const pick = (els, words, names) => {
    const tiers = [n => n === words, n => n.startsWith(words), n => n.includes(words)];
    for (const fits of tiers) {
      const found = els.filter(el => names(el).some(fits));
      if (found.length) return found;
    }
    return [];
  };
  const scope = (root, words) => {
    const found = pick(all(root, groups), words, el => [explicit(el), fold(el.querySelector(heads)?.innerText)].filter(Boolean));
    found.sort((a, b) => a.querySelectorAll('*').length - b.querySelectorAll('*').length);
    return found[0];
  };

  // find returns the one element that the words name, or throws what a person would say.
  const find = (path, css, what, names) => {
    const words = path.split(' > ').map(fold);
    let root = document;
    for (const part of words.slice(0, -1)) {
      const inner = scope(root, part);
      if (!inner) throw `no part of the page is called "${part}"`;
      root = inner;
    }
    const els = all(root, css), name = words.at(-1), found = pick(els, name, names);
    if (!found.length) {
      throw `no ${what} is called "${name}"; there are: ` + (els.map(el => `"${names(el)[0] || describe(el)}"`).join(', ') || 'none');
    }
    const same = found.every(el => el.href && el.href === found[0].href);
    if (found.length > 1 && !same) throw `${found.length} ${what}s are called "${name}": ` + found.map(describe).join(' ');
    return found[0];
  };

  const kinds = {
    text: 'textarea, [contenteditable=true], input:not([type=hidden], [type=submit], [type=button], [type=reset], [type=image], [type=checkbox], [type=radio], [type=file])',
    select: 'select', checkbox: 'input[type=checkbox]', radio: 'input[type=radio]', file: 'input[type=file]', either: 'input[type=checkbox], input[type=radio]',
  };
  const field = (path, kind) => {
    const el = find(path, kinds[kind], `${kind} field`, fieldNames);
    if (el.matches(':disabled')) throw `the field "${path}" is disabled`;
    return el;
  };
  // What stands in a folded menu of the navigation is there for who opens the menu, as a person does.
  const unfold = path => {
    const words = fold(path);
    const inside = [...document.querySelectorAll('nav details:not([open]) a[href]')].find(a => fold(a.textContent) === words);
    const seen = inside && all(document, 'nav a[href], main a[href], main button').some(el => clickName(el) === words);
    if (inside && !seen) inside.closest('details').open = true;
  };
  const button = path => {
    unfold(path);
    const el = find(path, 'a[href], button, input[type=submit], input[type=button], input[type=reset], input[type=image], summary, [role=button], [role=link], [role=tab], [role=menuitem]', 'button or link', el => [clickName(el)]);
    if (el.matches(':disabled, [aria-disabled=true]')) throw `"${path}" is disabled`;
    return el;
  };

  // point says where to press, and whether another page is to be expected.
  const point = el => {
    let cover;
    for (const part of [el, ...(el.labels || [])]) {
      part.scrollIntoView({block: 'center', inline: 'nearest', behavior: 'instant'});
      for (const r of part.getClientRects()) {
        if (!r.width || !r.height) continue;
        const x = r.x + r.width / 2, y = r.y + r.height / 2, top = document.elementFromPoint(x, y);
        if (top && (part.contains(top) || top.closest('label')?.control === el)) {
          const here = location.href.split('#')[0], a = el.closest('a[href]');
          const leaves = a ? a.href.split('#')[0] !== here || !a.hash : !!el.form && (el.type === 'submit' || el.type === 'image');
          return {x, y, leaves};
        }
        cover ||= top;
      }
    }
    throw cover ? `it is covered by ${describe(cover)}` : 'it has no size to press on';
  };

  const changed = el => ['input', 'change'].forEach(type => el.dispatchEvent(new Event(type, {bubbles: true})));

  return {
    click: path => point(button(path)),
    tick: (path, kind) => ({...point(field(path, kind)), checked: field(path, kind).checked}),
    checked: (path, kind) => field(path, kind).checked,
    file: path => field(path, 'file'),
    // fill puts the value where typing cannot (dates, colours), or else selects what is there for typing over.
    fill: (path, value) => {
      const el = field(path, 'text');
      if (el.readOnly) throw `the field "${path}" can only be read`;
      if (['date', 'time', 'datetime-local', 'month', 'week', 'color', 'range'].includes(el.type)) {
        el.value = value;
        changed(el);
        return 'done';
      }
      el.scrollIntoView({block: 'center', behavior: 'instant'});
      el.focus();
      el.select ? el.select() : getSelection().selectAllChildren(el);
      return 'type';
    },
    value: path => {
      const el = find(path, kinds.text + ', select', 'field', fieldNames);
      return el.isContentEditable ? el.innerText : el.matches('select') ? fold(el.selectedOptions[0]?.text) : el.value;
    },
    select: (path, option) => {
      const el = field(path, 'select');
      const found = pick([...el.options], fold(option), o => [fold(o.text)]);
      if (found.length !== 1) throw `${found.length} options are called "${option}"; there are: ` + [...el.options].map(o => `"${fold(o.text)}"`).join(', ');
      if (found[0].disabled) throw `the option "${option}" is disabled`;
      found[0].selected = true;
      changed(el);
      return true;
    },
    text: () => fold(document.body?.innerText),
  };
})()
