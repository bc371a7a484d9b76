// Hides a question whose condition does not hold on this page. The server decides; without this file all are shown.
(() => {
  "use strict";
  const chosen = (form, name) => new FormData(form).getAll(name).map(String);
  const holds = (form, rule) => {
    const wanted = rule.dataset.values.split(" ");
    return chosen(form, rule.dataset.if).some((value) => wanted.includes(value));
  };
  addEventListener("DOMContentLoaded", () => {
    for (const form of document.querySelectorAll("form")) {
      const asked = [...form.querySelectorAll("[data-asked]")];
      if (!asked.length) continue;
      const show = () => asked.forEach((box) => {
        box.hidden = ![...box.querySelectorAll("template[data-if]")].every((rule) => holds(form, rule));
      });
      form.addEventListener("change", show);
      show();
    }
  });
})();
