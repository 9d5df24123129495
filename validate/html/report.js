// SPDX-License-Identifier: Apache-2.0
// Filters of the report. Without it the page shows everything; findings of a
// rule beyond the first STEP are laid out when they are asked for.
(() => {
  "use strict";
  const STEP = 50;
  const form = document.querySelector("form");
  const status = document.querySelector(".count");
  const parts = form.elements;

  const groups = [...document.querySelectorAll("details.rule")].map(node => ({
    node,
    rule: node.dataset.rule,
    number: node.querySelector(".number"),
    more: node.querySelector(".more"),
    most: STEP,
    found: [...node.querySelectorAll("ol > li")].map(item => ({
      item,
      level: item.dataset.level,
      file: item.querySelector(".file").textContent,
    })),
  }));
  const all = groups.reduce((sum, group) => sum + group.found.length, 0);

  const fill = (select, values) => {
    for (const value of [...new Set(values)].sort()) {
      select.append(new Option(value, value));
    }
    select.closest(".field").hidden = select.length < 3;
  };

  /// What the text field is held against, made when it is first needed.
  const words = (group, one) =>
    one.words ??= (group.rule + " " + group.node.querySelector("h3").textContent
      + " " + one.item.textContent).toLowerCase();

  const lay = group => {
    let left = group.most;
    for (const one of group.found) {
      const hidden = !one.fits || left-- <= 0;
      if (one.item.hidden !== hidden) {
        one.item.hidden = hidden;
      }
    }
    const rest = group.fits - group.most;
    group.more.hidden = rest <= 0;
    group.more.dataset.rest = rest; // said on paper
    group.more.textContent = `Show ${Math.min(rest, STEP)} more of ${rest}`;
    group.number.textContent = group.fits === group.found.length
      ? `× ${group.fits}` : `× ${group.fits} of ${group.found.length}`;
    group.node.hidden = !group.fits;
  };

  const filter = () => {
    const levels = new Set([...form.querySelectorAll("input:checked")]
      .map(box => box.value));
    const text = parts.text.value.trim().toLowerCase();
    let shown = 0;
    for (const group of groups) {
      const wanted = !parts.rule.value || parts.rule.value === group.rule;
      group.most = STEP;
      group.fits = 0;
      for (const one of group.found) {
        one.fits = wanted && levels.has(one.level)
          && (!parts.file.value || parts.file.value === one.file)
          && (!text || words(group, one).includes(text));
        group.fits += one.fits;
      }
      shown += group.fits;
      lay(group);
    }
    if (shown < all && shown <= STEP) { // few enough to be read at once
      for (const group of groups) {
        group.node.open = group.node.open || group.fits > 0;
      }
    }
    status.textContent = `${shown} of ${all} findings shown`;
  };

  let waiting = 0;
  form.addEventListener("input", event => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, event.target === parts.text ? 150 : 0);
  });
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", event => event.preventDefault());
  for (const group of groups) {
    group.more.addEventListener("click", () => {
      const next = group.found.filter(one => one.fits)[group.most];
      group.most += STEP;
      lay(group);
      next.item.tabIndex = -1; // reading goes on where the new ones begin
      next.item.focus();
    });
  }

  // On paper nothing can be opened.
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    closed.forEach(node => { node.open = true; });
  });
  addEventListener("afterprint", () => {
    closed.forEach(node => { node.open = false; });
  });

  fill(parts.rule, groups.map(group => group.rule));
  fill(parts.file, groups.flatMap(group => group.found.map(one => one.file)));
  form.hidden = !all;
  filter();
})();
