// Words marked in a passage, by mouse, by finger or by keyboard, are those that one speaks about. Without this file one
// chooses a sentence, or means the whole passage.
(() => {
  "use strict";
  function quote(passage) {
    const form = document.getElementById(passage.dataset.quoteForm);
    const part = (name) => form?.querySelector(`[data-quote-${name}]`);
    if (!part("shown")) return;
    const { quote, start } = form.elements;
    const show = () => {
      part("shown").hidden = part("clear").hidden = !quote.value;
      part("hint").hidden = Boolean(quote.value);
      part("shown").querySelector("q").textContent = quote.value;
    };
    const take = (words, place) => { [quote.value, start.value] = [words, place]; show(); };
    let timer;
    document.addEventListener("selectionchange", () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const selection = getSelection();
        if (!selection.rangeCount || selection.isCollapsed || !selection.toString().trim()) return;
        const range = selection.getRangeAt(0);
        if (!passage.contains(range.commonAncestorContainer)) return;
        const before = range.cloneRange();
        before.selectNodeContents(passage);
        before.setEnd(range.startContainer, range.startOffset);
        take(range.toString().trim(), [...before.toString()].length);
        for (const one of form.querySelectorAll("[name=sentence]")) one.checked = !one.value;
      }, 250);
    });
    part("clear").addEventListener("click", () => { take("", ""); form.elements.body.focus(); });
    form.addEventListener("change", (event) => { if (event.target.name === "sentence") take("", ""); });
    show();
  }

  addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-quote-form]").forEach(quote));
})();
