// The grid of a period: real text fields in a table, walked through by arrow keys and Enter, filled by a pasted block.
// What differs from the first values is written as JSON into one hidden field of the form, which is sent and kept as
// every other; the table may be drawn anew at any time and shows what was typed again.
(() => {
  const GRID = "table.entry-grid", CELL = "textarea[data-cell]";
  const held = new Map(); // token → task → { version, cells: { cell: text } }, newer than what was sent
  const forms = new Map(); // token → form
  const seen = new Map(); // form → how far its table is scrolled
  let atClick = "{}", last = {}; // what was typed when a button was pressed, and where the hand is
  const tableOf = (cell) => cell.closest(GRID);
  const fieldOf = (table) => document.querySelector(`[class*="-${table.dataset.token}-cells"] textarea`);
  const setValue = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
  const read = (text) => { try { return JSON.parse(text || "{}"); } catch { return {}; } };
  const flat = (rows) => Object.entries(rows).flatMap(([task, { cells }]) =>
    Object.entries(cells).map(([cell, text]) => [task, cell, text]));

  const find = (table, task, cell) =>
    table.querySelector(`tr[data-task="${task}"] textarea[data-cell="${CSS.escape(cell)}"]`);

  const note = (cell) => { // one cell, as it stands now
    const row = cell.closest("tr"), { task, version } = row.dataset, rows = held.get(tableOf(cell).dataset.token);
    const typed = rows[task] || { version: Number(version), cells: {} };
    if (cell.value === cell.defaultValue) delete typed.cells[cell.dataset.cell];
    else typed.cells[cell.dataset.cell] = cell.value;
    if (Object.keys(typed.cells).length) rows[task] = typed;
    else delete rows[task];
  };
  const write = (table) => {
    const field = fieldOf(table), rows = held.get(table.dataset.token);
    const text = Object.keys(rows).length ? JSON.stringify(rows) : "";
    if (!field || field.value === text) return;
    setValue.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const send = (table) => fieldOf(table)?.dispatchEvent(new KeyboardEvent("keydown", {
    key: "Enter", ctrlKey: true, bubbles: true, cancelable: true,
  }));

  const paint = (table) => {
    const { token, form } = table.dataset;
    const known = document.querySelector(`ul.grid-said[data-token="${token}"]`); // what the server has of it
    if (!known || !fieldOf(table)) return;
    table.dataset.painted = token;
    if (!held.has(token)) {
      held.set(token, read(known.dataset.cells));
      const before = [...held.keys()].filter((key) => key !== token && forms.get(key) === form).pop();
      forms.set(token, form);
      if (before) takeOver(table, held.get(before), read(atClick));
    }
    flat(held.get(token)).forEach(([task, cell, text]) => {
      const found = find(table, task, cell);
      if (found && found.value !== text) found.value = text;
    });
    if (seen.has(form)) table.parentElement.scrollTo(...seen.get(form));
    if (last.form === form && document.activeElement === document.body)
      find(table, last.task, last.cell)?.focus({ preventScroll: true });
  };
  const takeOver = (table, typed, sent) => { // what was typed after the click that began this filling
    flat(typed).filter(([task, cell, text]) => sent[task]?.cells[cell] !== text).forEach(([task, cell, text]) => {
      const found = find(table, task, cell);
      if (found) { found.value = text; note(found); }
    });
    write(table);
  };

  const mark = (table) => { // what the server says of the rows, beside them
    const said = [...document.querySelectorAll(`ul.grid-said[data-token="${table.dataset.token}"] li`)];
    table.querySelectorAll("tr[data-task]").forEach((row) => {
      const own = said.filter(({ dataset }) => dataset.task === row.dataset.task);
      const words = own.map((one) => one.textContent).join("\n"), place = row.querySelector(".said");
      if (place.textContent !== words) place.textContent = words;
      row.dataset.state = own.map(({ dataset }) => dataset.state).sort().shift() || "";
      row.querySelectorAll(CELL).forEach((cell) => {
        if (own.some(({ dataset }) => dataset.cell === cell.dataset.cell)) cell.setAttribute("aria-invalid", "true");
        else cell.removeAttribute("aria-invalid");
      });
    });
  };
  new MutationObserver(() => document.querySelectorAll(GRID).forEach((table) => {
    if (table.dataset.painted !== table.dataset.token) paint(table);
    mark(table);
  })).observe(document.documentElement, { subtree: true, childList: true });

  const step = (cell, rows, columns) => { // the next cell that can be filled in, that way
    const all = [...tableOf(cell).rows].filter((row) => row.dataset.task), column = cell.closest("td").cellIndex;
    let at = all.indexOf(cell.closest("tr")), to = column;
    for (;;) {
      at += rows; to += columns;
      const place = all[at]?.cells[to];
      if (!place) return false;
      const found = place.querySelector(CELL);
      if (found) { found.focus(); found.select(); found.scrollIntoView({ block: "nearest", inline: "nearest" }); return true; }
    }
  };
  const isWhole = (cell) => cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  const atStart = (cell) => cell.selectionEnd === 0 || isWhole(cell);
  const atEnd = (cell) => cell.selectionStart === cell.value.length || isWhole(cell);
  const KEYS = {
    ArrowUp: (cell) => (cell.matches(".figure") || atStart(cell)) && step(cell, -1, 0),
    ArrowDown: (cell) => (cell.matches(".figure") || atEnd(cell)) && step(cell, 1, 0),
    ArrowLeft: (cell) => atStart(cell) && step(cell, 0, -1),
    ArrowRight: (cell) => atEnd(cell) && step(cell, 0, 1),
    Enter: (cell, { shiftKey }) => step(cell, shiftKey ? -1 : 1, 0) || true,
    Escape: (cell) => leave(cell) || true,
  };
  // To the first button, as soon as the server has enabled one for what was typed last.
  const leave = (cell, tries = 30) => {
    const button = buttonOf(cell, ":enabled");
    if (button) button.focus();
    else if (tries && document.activeElement === cell) setTimeout(leave, 100, cell, tries - 1);
  };
  const buttonOf = (cell, which) =>
    document.querySelector(`[class*="-${tableOf(cell).dataset.token}-"] button${which}`);
  addEventListener("keydown", (event) => {
    const { target: cell, key, isComposing, keyCode } = event;
    if (!cell.matches?.(`${GRID} ${CELL}`) || isComposing || keyCode === 229) return;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "s") {
      event.preventDefault();
      send(tableOf(cell));
      document.querySelector(`[class*="-${tableOf(cell).dataset.token}-save"] button`)?.click();
    }
    if (event.ctrlKey || event.metaKey) return;
    if (key === "Enter" && event.altKey) {
      event.preventDefault();
      cell.setRangeText("\n", cell.selectionStart, cell.selectionEnd, "end");
      cell.dispatchEvent(new Event("input", { bubbles: true }));
    } else if (!event.altKey && !(event.shiftKey && key !== "Enter") && KEYS[key]?.(cell, event)) event.preventDefault();
  }, true);

  const cellsOf = (text) => { // rows and columns as spreadsheets copy them: quoted where a cell has a line end
    const rows = [[]];
    const part = /"((?:[^"]|"")*)"(?=\t|\n|$)|([^\t\n]*)/y;
    for (let at = 0; ;) {
      part.lastIndex = at;
      const [whole, quoted, bare] = part.exec(text);
      rows[rows.length - 1].push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
      at += whole.length;
      if (at >= text.length) return rows;
      if (text[at] === "\n") rows.push([]);
      at += 1;
    }
  };
  addEventListener("paste", (event) => {
    const cell = event.target;
    if (!cell.matches?.(`${GRID} ${CELL}`)) return;
    const text = event.clipboardData.getData("text/plain").replaceAll("\r\n", "\n");
    const isBlock = text.includes("\t") || /<table/i.test(event.clipboardData.getData("text/html"))
      || (cell.matches(".figure") && text.trim().includes("\n"));
    if (!isBlock) return;
    event.preventDefault();
    const table = tableOf(cell), rows = [...table.rows].filter((row) => row.dataset.task);
    const top = rows.indexOf(cell.closest("tr")), left = cell.closest("td").cellIndex;
    let filled = 0;
    const nowhere = [];
    cellsOf(text.replace(/\n$/, "")).forEach((line, down) => line.forEach((value, right) => {
      const found = rows[top + down]?.cells[left + right]?.querySelector(CELL);
      if (found) { found.value = value; note(found); filled += 1; }
      else if (value.trim()) nowhere.push(value.trim());
    }));
    write(table);
    const told = document.querySelector(".grid-pasted");
    told.textContent = told.dataset.filled.replace("{count}", filled)
      + (nowhere.length ? told.dataset.nowhere.replace("{count}", nowhere.length).replace("{values}", nowhere.join(" | ")) : "");
  }, true);

  addEventListener("input", ({ target: cell }) => {
    if (!cell.matches?.(`${GRID} ${CELL}`)) return;
    note(cell);
    write(tableOf(cell));
  }, true);
  addEventListener("focusin", ({ target: cell }) => {
    if (!cell.matches?.(`${GRID} ${CELL}`)) return;
    last = { form: tableOf(cell).dataset.form, task: cell.closest("tr").dataset.task, cell: cell.dataset.cell };
    if (cell.matches(".figure")) cell.select();
  });
  addEventListener("focusout", ({ target: cell, relatedTarget }) => {
    if (cell.matches?.(`${GRID} ${CELL}`) && relatedTarget && !relatedTarget.closest(GRID)) send(tableOf(cell));
  });
  addEventListener("scroll", ({ target: box }) => {
    const table = box.querySelector?.(`:scope > ${GRID}`);
    if (table) seen.set(table.dataset.form, [box.scrollLeft, box.scrollTop]);
  }, true);
  addEventListener("click", ({ target }) => {
    const table = target.closest?.("button") && document.querySelector(GRID);
    if (table) atClick = JSON.stringify(held.get(table.dataset.token) || {});
  }, true);
})()
