(() => {
  "use strict";
  // A participation code typed into a search is a secret: it goes to its own field, and into no address (ground/codes.py).
  const SECRET = "mitstadt:code";
  const looksLikeCode = (text) => /^[2-9CDFHJKMNPQRTVWXBGSUZ01OIL]{15,17}$/.test(text) && text.replace(/\D/g, "").length > 1;
  function lookFor(form) {
    form.addEventListener("submit", (event) => {
      const typed = [...form.querySelectorAll("input")].map((field) => field.value);
      const code = typed.find((text) => looksLikeCode(text.toUpperCase().replace(/[^0-9A-Z]/g, "")));
      if (!code) return;
      event.preventDefault();
      try { sessionStorage.setItem(SECRET, code); } catch { /* Then it is typed once more. */ }
      location.assign(form.dataset.codePage);
    });
  }
  function bring(field) {
    try {
      field.value ||= sessionStorage.getItem(SECRET) ?? "";
      sessionStorage.removeItem(SECRET);
    } catch { /* Nothing was brought. */ }
  }
  document.querySelectorAll("form[data-code-page]").forEach(lookFor);
  document.querySelectorAll("input[data-code]").forEach(bring);
})();
