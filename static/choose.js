/* Rows chosen by checkbox: all at once, and how many. Without this script each row is ticked one by one. */
"use strict";
(() => {
  const form = document.querySelector("form[data-choose]");
  if (!form) return;
  const boxes = [...form.querySelectorAll("input[name=row]")];
  const line = form.querySelector("[data-all]");
  const all = line && line.querySelector("input");
  const buttons = [...form.querySelectorAll("[data-count]")].map((button) => [button, button.textContent]);
  if (!boxes.length || !all) return;

  const show = () => {
    const count = boxes.filter((box) => box.checked).length;
    all.checked = count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    buttons.forEach(([button, label]) => { button.textContent = count ? `${label} (${count})` : label; });
  };
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    show();
  });
  boxes.forEach((box) => box.addEventListener("change", show));
  line.hidden = false;
  show();
  window.addEventListener("pageshow", show);
})();
