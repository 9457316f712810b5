/* A grid of amounts that is worked like a spreadsheet. Without this script it is a plain form. */
"use strict";
(() => {
  const sheet = document.getElementById("sheet");
  if (!sheet) return;
  const rows = [...sheet.querySelectorAll("tbody tr")]
    .map((row) => [...row.querySelectorAll("input.won")])
    .filter((cells) => cells.length);
  const place = new Map();
  rows.forEach((cells, y) => cells.forEach((cell, x) => place.set(cell, { x, y })));
  const report = document.getElementById("sheet-report");
  const undo = [];
  let held = null; // the value of the cell with the focus when it was last settled
  let corner = null; // where the marked block began
  let here = null; // where it ends: the cell with the focus
  let editing = false; // F2 or a second click: then the arrows move inside the amount

  const at = (x, y) => rows[y] && rows[y][x];
  const bounds = () => {
    if (!corner || !here) return null;
    return { left: Math.min(corner.x, here.x), right: Math.max(corner.x, here.x), top: Math.min(corner.y, here.y), bottom: Math.max(corner.y, here.y) };
  };
  const block = () => {
    const b = bounds();
    return b ? rows.slice(b.top, b.bottom + 1).map((cells) => cells.slice(b.left, b.right + 1)) : [];
  };
  const isBlock = () => block().flat().length > 1;
  const paint = () => {
    sheet.querySelectorAll(".marked").forEach((cell) => cell.classList.remove("marked"));
    if (isBlock()) block().flat().forEach((cell) => cell.classList.add("marked"));
  };
  const go = (x, y, extend) => {
    const cell = at(x, y);
    if (!cell) return false;
    here = { x, y };
    if (!extend) corner = here;
    editing = false;
    cell.focus();
    cell.select();
    paint();
    return true;
  };
  const settle = () => { held = document.activeElement.value; };
  const settleAgain = () => { settle(); document.activeElement.select(); };
  const notifyPasted = () => sheet.dispatchEvent(new Event("pasted", { bubbles: true }));
  const noteForJotting = (cell) => cell.dispatchEvent(new Event("input", { bubbles: true }));

  function write(changes) {
    const before = changes.map(([cell]) => [cell, cell.value]);
    changes.forEach(([cell, value]) => { cell.value = value; });
    if (!changes.length) return;
    undo.push(before);
    settleAgain();
    noteForJotting(changes[0][0]);
    notifyPasted();
  }

  function reportLeftOut(number) {
    report.textContent = number ? `${report.dataset.leftOut} ${number}` : "";
  }

  function spread(text, start) {
    const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
    const changes = [];
    let leftOut = 0;
    lines.forEach((values, down) => values.forEach((text, right) => {
      const cell = at(start.x + right, start.y + down);
      const value = text.trim().replace(/^"(.*)"$/, "$1").replace(/^[-–—]$/, "");
      if (cell) changes.push([cell, value]);
      else if (value) leftOut += 1;
    }));
    write(changes);
    reportLeftOut(leftOut);
    const last = lines.length - 1;
    const widest = Math.max(...lines.map((values) => values.length)) - 1;
    corner = start;
    here = { x: Math.min(start.x + widest, rows[0].length - 1), y: Math.min(start.y + last, rows.length - 1) };
    paint();
  }

  sheet.addEventListener("focusin", (event) => {
    const cell = place.get(event.target);
    if (!cell || (here && here.x === cell.x && here.y === cell.y)) return;
    here = corner = cell;
    editing = false;
    event.target.select();
    paint();
  });
  sheet.addEventListener("focusin", settle);
  sheet.addEventListener("change", (event) => {
    if (!place.has(event.target) || held === null || event.target.value === held) return;
    undo.push([[event.target, held]]);
    held = event.target.value;
  });
  sheet.addEventListener("mousedown", (event) => {
    const cell = place.get(event.target);
    if (!cell) return;
    if (event.target === document.activeElement) editing = true;
    if (!event.shiftKey || !corner) return;
    event.preventDefault();
    go(cell.x, cell.y, true);
  });
  sheet.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text/plain");
    const start = place.get(event.target);
    if (!start || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    const b = bounds();
    spread(text, b ? { x: b.left, y: b.top } : start);
  });
  sheet.addEventListener("copy", (event) => {
    if (!isBlock()) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", block().map((cells) => cells.map((cell) => cell.value).join("\t")).join("\n"));
  });
  sheet.addEventListener("keydown", (event) => {
    const cell = place.get(event.target);
    if (!cell || event.isComposing) return;
    const input = event.target;
    const { x, y } = here || cell;
    const steps = { ArrowUp: [0, -1], ArrowDown: [0, 1], Enter: [0, event.shiftKey ? -1 : 1] };
    if (!editing) Object.assign(steps, { ArrowLeft: [-1, 0], ArrowRight: [1, 0] });
    if (event.key === "F2") {
      event.preventDefault();
      editing = true;
      input.setSelectionRange(input.value.length, input.value.length);
      return;
    }
    const command = event.ctrlKey || event.metaKey;
    if (event.key === "Home" && command) { event.preventDefault(); go(0, 0, event.shiftKey); return; }
    if (event.key === "End" && command) { event.preventDefault(); go(rows[0].length - 1, rows.length - 1, event.shiftKey); return; }
    if (command && event.key.toLowerCase() === "z" && undo.length && input.value === held) {
      event.preventDefault();
      undo.pop().forEach(([cell, value]) => { cell.value = value; });
      settleAgain();
      reportLeftOut(0);
      noteForJotting(input);
      notifyPasted();
      return;
    }
    if (command || event.altKey) return;
    if ((event.key === "Delete" || event.key === "Backspace") && isBlock()) {
      event.preventDefault();
      write(block().flat().map((cell) => [cell, ""]));
      return;
    }
    if (event.key === "Escape") { input.value = held; input.select(); noteForJotting(input); return; }
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    if (input.value !== input.dataset.reported) {
      input.dataset.reported = input.value;
      input.dispatchEvent(new Event("change", { bubbles: true }));
    }
    go(x + step[0], y + step[1], event.shiftKey && event.key !== "Enter");
  });
})();
