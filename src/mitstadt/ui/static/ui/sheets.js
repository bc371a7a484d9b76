// Comforts of sheets. Every page works without this file.
(() => {
  "use strict";

  // Hides a question whose condition does not hold on this page. The server decides; without this file all are shown.
  const holds = (form, rule) => {
    const wanted = rule.dataset.values.split(" ");
    return new FormData(form).getAll(rule.dataset.if).some((value) => wanted.includes(String(value)));
  };
  function hide(form) {
    const asked = [...form.querySelectorAll("[data-asked]")];
    const show = () => asked.forEach((box) => {
      box.hidden = ![...box.querySelectorAll("template[data-if]")].every((rule) => holds(form, rule));
    });
    form.addEventListener("change", show);
    show();
  }

  // At the desk Enter goes to the next line, and from the last one to the button; Arrow up goes back.
  function key(form) {
    const lines = () => [...form.querySelectorAll("input:not([type=hidden]), select, textarea, button:not([tabindex])")];
    form.addEventListener("keydown", (event) => {
      const step = { Enter: 1, ArrowUp: -1 }[event.key];
      const isLine = event.target.matches("input, select") || (event.key === "Enter" && event.target.matches("textarea"));
      if (!step || !isLine || event.shiftKey || (event.target.matches("select") && step < 0)) return;
      const all = lines();
      const next = all[all.indexOf(event.target) + step];
      if (!next) return;
      event.preventDefault();
      next.focus();
      next.select?.();
    });
  }

  addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("form").forEach((form) => form.querySelector("[data-asked]") && hide(form));
    document.querySelectorAll("form[data-keyed]").forEach(key);
  });
})();
