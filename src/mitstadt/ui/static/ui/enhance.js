// Small comforts. Every page works without this file.
(() => {
  "use strict";
  const store = (() => { try { localStorage.getItem(""); return localStorage; } catch { return null; } })();
  const words = (name) => document.querySelector(`[data-words="${name}"]`).content.textContent;
  const keyOf = (field) => `mitstadt:${field.form.dataset.keepAs || location.pathname}:${field.name}`;

  // Keeps a long text that is not yet sent, and offers it again.
  function keep(field) {
    if (!store || !field.form) return;
    const key = keyOf(field);
    const kept = store.getItem(key);
    if (kept && kept !== field.value) offer(field, kept, key);
    let timer;
    field.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => field.value.trim() ? store.setItem(key, field.value) : store.removeItem(key), 400);
    });
    field.form.addEventListener("submit", () => {
      clearTimeout(timer);
      store.setItem(key, field.value);
      store.setItem("mitstadt:sent", `${store.getItem("mitstadt:sent") || ""}${key}\n`);
    });
  }

  function offer(field, kept, key) {
    const row = document.createElement("p");
    row.className = "field__restore";
    row.setAttribute("role", "status");
    row.append(words("kept"));
    const choice = (word, act) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words(word);
      button.addEventListener("click", () => { act(); row.remove(); field.focus(); });
      row.append(button);
    };
    choice("restore", () => { field.value = kept; field.dispatchEvent(new Event("input", { bubbles: true })); });
    choice("discard", () => store.removeItem(key));
    field.before(row);
  }

  // When the server says (data-received) that a text arrived, the kept one goes.
  function forget(root) {
    if (!store || !root.querySelector("[data-received]")) return;
    for (const key of (store.getItem("mitstadt:sent") || "").split("\n")) store.removeItem(key);
    store.removeItem("mitstadt:sent");
  }

  // Asks before answers are lost; long texts are kept anyway.
  function guard(form) {
    let unsent = false;
    form.addEventListener("input", () => { unsent = !form.querySelector("[data-keep]"); });
    form.addEventListener("submit", () => { unsent = false; });
    addEventListener("beforeunload", (event) => { if (unsent && form.isConnected) event.preventDefault(); });
  }

  function count(field) {
    const limit = Number(field.dataset.count);
    const note = document.getElementById(`${field.id}_count`);
    if (!note) return;
    const show = () => {
      const left = limit - [...field.value].length;
      note.ariaLive = left < limit / 5 ? "polite" : "off";
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

  function print(button) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  const seen = {};
  const all = (root, selector, wire) => {
    const known = seen[selector] ??= new WeakSet();
    for (const element of root.querySelectorAll(selector)) {
      if (known.has(element)) continue;
      known.add(element);
      wire(element);
    }
  };
  function wire(root) {
    forget(root);
    all(root, "textarea[data-keep]", keep);
    all(root, "form[data-guard]", guard);
    all(root, "[data-count]", count);
    all(root, "[data-copy]", copy);
    all(root, "[data-print]", print);
    root.querySelector("[data-focus]:not(.messages)")?.focus();
  }
  addEventListener("DOMContentLoaded", () => {
    wire(document);
    // What happened is read first, unless one came to a place in the page, or goes on typing there.
    const isElsewhere = location.hash || document.querySelector("[autofocus]") || document.activeElement !== document.body;
    if (!isElsewhere) document.querySelector(".messages")?.focus();
    // A form that came back is asked for anew when one goes back to it, and not sent again.
    if (document.querySelector(".error-summary, .similar")) history.replaceState(null, "", location.href);
  });
  addEventListener("htmx:load", (event) => wire(event.target));
  // Escape or a click elsewhere closes a menu.
  addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && document.querySelector(".menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
  });
  addEventListener("click", (event) => document.querySelectorAll(".menu[open]").forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; }));
})();
