// Small comforts. Every page works without this file; nothing here decides anything.
(() => {
  "use strict";
  const store = (() => { try { localStorage.getItem(""); return localStorage; } catch { return null; } })();
  const words = (name) => document.querySelector(`template[data-words="${name}"]`)?.content.textContent.trim();
  const keyOf = (field) => `mitstadt:${field.form.dataset.keepAs || location.pathname}:${field.name}`;
  const sent = new Set();

  // A long text: the browser keeps what is not yet sent, and offers it again.
  function keep(field) {
    if (!store || !field.form) return;
    const key = keyOf(field);
    const kept = store.getItem(key);
    if (kept && kept.trim() && kept !== field.value) offer(field, kept, key);
    let timer;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => field.value.trim() ? store.setItem(key, field.value) : store.removeItem(key), 400);
    });
    field.form.addEventListener("submit", () => {
      clearTimeout(timer);
      store.setItem(key, field.value);
      store.setItem("mitstadt:sent", JSON.stringify([...new Set([...JSON.parse(store.getItem("mitstadt:sent") || "[]"), key])]));
    });
  }

  function offer(field, kept, key) {
    const row = document.createElement("p");
    row.className = "field__restore";
    row.setAttribute("role", "status");
    row.append(words("kept"));
    const use = document.createElement("button");
    use.type = "button";
    use.textContent = words("restore");
    use.addEventListener("click", () => { field.value = kept; row.remove(); field.dispatchEvent(new Event("input", { bubbles: true })); field.focus(); });
    const drop = document.createElement("button");
    drop.type = "button";
    drop.textContent = words("discard");
    drop.addEventListener("click", () => { store.removeItem(key); row.remove(); field.focus(); });
    row.append(use, drop);
    field.before(row);
  }

  // The server says with data-received that a contribution has arrived; only then may a kept text go.
  function forget(root) {
    if (!store || !root.querySelector("[data-received]")) return;
    for (const key of JSON.parse(store.getItem("mitstadt:sent") || "[]")) store.removeItem(key);
    store.removeItem("mitstadt:sent");
  }

  function guard(form) {
    let changed = false;
    form.addEventListener("input", () => { changed = true; });
    form.addEventListener("submit", () => { sent.add(form); });
    addEventListener("beforeunload", (event) => {
      if (changed && !sent.has(form) && form.isConnected && ![...form.querySelectorAll("[data-keep]")].length) event.preventDefault();
    });
  }

  function count(field) {
    const limit = Number(field.dataset.count);
    const note = document.getElementById(`${field.id}_count`);
    if (!note) return;
    note.setAttribute("aria-live", "polite");
    const show = () => {
      const left = limit - [...field.value].length;
      note.textContent = words(left < 0 ? "over" : "left").replace("%", Math.abs(left).toLocaleString(document.documentElement.lang));
      note.classList.toggle("field__count--over", left < 0);
    };
    field.addEventListener("input", show);
    if (field.value) show();
  }

  function copy(button) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = words("copied");
    });
  }

  // Words chosen in a [data-passage] go into the form named by data-quote-form: fields quote and start.
  function quote(passage) {
    const form = document.getElementById(passage.dataset.quoteForm);
    if (!form) return;
    document.addEventListener("selectionchange", () => {
      const selection = getSelection();
      if (selection.isCollapsed || !passage.contains(selection.anchorNode) || !passage.contains(selection.focusNode)) return;
      const range = selection.getRangeAt(0);
      const before = range.cloneRange();
      before.selectNodeContents(passage);
      before.setEnd(range.startContainer, range.startOffset);
      form.elements.quote.value = range.toString();
      form.elements.start.value = [...before.toString()].length;
      form.querySelectorAll("[data-quoted]").forEach((place) => { place.textContent = range.toString(); });
    });
  }

  const all = (root, selector, wire) => root.querySelectorAll(selector).forEach((element) => {
    if (element.dataset.wired) return;
    element.dataset.wired = "";
    wire(element);
  });
  function wire(root) {
    forget(root);
    all(root, "textarea[data-keep]", keep);
    all(root, "form[data-guard]", guard);
    all(root, "[data-count]", count);
    all(root, "[data-copy]", copy);
    all(root, "[data-quote-form]", quote);
    root.querySelector("[data-focus]")?.focus();
  }
  addEventListener("DOMContentLoaded", () => wire(document));
  addEventListener("htmx:load", (event) => wire(event.target));
  // Closes an open menu by Escape or by a click elsewhere.
  addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(".menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  addEventListener("click", (event) => document.querySelectorAll(".menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
})();
