/* Keys for reading a proposal beside its review. Each only does what a link on the page does. */
"use strict";
(() => {
  const left = document.getElementById("proposal-side");
  if (!left) return;
  const find = (selector) => document.querySelector(selector);
  const stops = [...left.querySelectorAll("section[data-subject], details[data-subject]")];
  const isShown = (stop) => !stop.parentElement.closest("details:not([open])");
  let here = null;

  function mark(place) {
    left.querySelectorAll(".here").forEach((each) => each.classList.remove("here"));
    here = place;
    if (here) here.classList.add("here");
  }
  function go(step) {
    const shown = stops.filter(isShown);
    const at = here ? shown.indexOf(here.closest("section[data-subject], details[data-subject]")) : -1;
    const next = shown[Math.min(Math.max(at + step, 0), shown.length - 1)];
    const target = next.matches("details") ? next.querySelector("summary") : next;
    target.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
    mark(next);
  }
  function comment() {
    const link = (here || left).querySelector("a[data-note]");
    if (link) link.click();
  }
  function ask() {
    const link = find("#ask");
    if (!link) return;
    const own = find(".block.own");
    const subject = here && here.dataset.subject;
    const isMine = subject && (subject.startsWith("part-") || (own && own.contains(here)));
    location.assign(isMine ? `${link.pathname}?about=${subject}` : link.href);
  }
  function answer() {
    const target = find("#answer-form input[type=radio]:checked, #answer-form input[type=radio]") || find("#answer");
    if (!target) return;
    target.focus();
    target.scrollIntoView({ block: "center" });
  }
  function follow(relation) {
    const link = find(`.desk a[rel=${relation}]`);
    if (link) link.click();
  }
  function list() {
    const keys = find("#keys");
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
  }
  const acts = { j: () => go(1), k: () => go(-1), c: comment, q: ask, a: answer, n: () => follow("next"), p: () => follow("prev"), "?": list };

  // The letter on the key itself, so that it works while the Korean keyboard is on.
  const letter = (event) => {
    if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) return "?";
    const ascii = /^[a-z]$/i.test(event.key) ? event.key : event.code.replace(/^Key/, "");
    return event.shiftKey ? "" : ascii.toLowerCase();
  };
  const isWriting = (target) => target.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=submit])");

  // WCAG 2.1.4: people who use voice control turn single keys off; the browser remembers it.
  const control = find("#keys-on");
  find("#keys-switch").hidden = false;
  control.checked = localStorage.getItem("keys") !== "off";
  control.addEventListener("change", () => localStorage.setItem("keys", control.checked ? "on" : "off"));

  document.addEventListener("keydown", (event) => {
    if (!control.checked || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const act = acts[letter(event)];
    if (!act) return;
    event.preventDefault();
    act();
  });
  left.addEventListener("focusin", (event) => {
    const place = event.target.closest("[data-subject]");
    if (place) mark(place);
  });

  // A refused comment comes back with what is wrong about it.
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    const status = event.detail.xhr.status;
    if ((status === 422 || status === 409) && event.detail.target.id === "comments") event.detail.shouldSwap = true;
  });
  document.body.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt.id !== "comments") return;
    const field = event.detail.elt.querySelector("textarea");
    const target = field || event.detail.elt;
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: field ? "center" : "start" });
  });

  // What was typed in the last two seconds is kept, too, when the page is left.
  const form = find("#answer-form");
  if (!form) return;
  let typed = false;
  form.addEventListener("input", () => { typed = true; });
  form.addEventListener("submit", () => { typed = false; });
  form.addEventListener("htmx:afterRequest", () => { typed = false; });
  addEventListener("pagehide", () => {
    if (typed) navigator.sendBeacon(form.getAttribute("hx-post"), new FormData(form));
  });
})();
