// For pages on which htmx swaps parts. Without this file and without htmx every form is sent as a whole page.
(() => {
  "use strict";
  const say = (text) => { document.getElementById("geschehen").textContent = text; };

  // What cannot be answered in place (a form open too long, an error of ours) is sent as a page: that page says why.
  addEventListener("htmx:responseError", (event) => {
    const origin = event.detail.elt;
    if (origin.tagName === "FORM") origin.submit();
    else if (origin.href) location.assign(origin.href);
  });
  // What did not arrive is said aloud and stands beside what was tapped until the next try.
  const unreached = (origin) => origin.parentElement?.querySelector(":scope > .unreached");
  addEventListener("htmx:beforeRequest", (event) => unreached(event.detail.elt)?.remove());
  addEventListener("htmx:sendError", (event) => {
    const words = document.querySelector('[data-words="unreachable"]').content.textContent;
    const note = document.createElement("p");
    note.className = "unreached support__refusal";
    note.textContent = words;
    event.detail.elt.after(note);
    say(words);
  });

  // Whoever was signed in by what they did goes on in the same page: all its forms get the new keys.
  addEventListener("new-keys", (event) => {
    for (const [name, value] of Object.entries(event.detail)) {
      for (const field of document.querySelectorAll(`input[type="hidden"][name="${name}"]`)) field.value = value;
    }
  });

  // What was said to something in a list is read where it opens.
  addEventListener("htmx:afterSwap", (event) => {
    if (event.target.matches(".talk__thread")) event.target.focus();
  });

  // Closes a form that was opened in place, and goes back to where it was opened.
  addEventListener("click", (event) => {
    const close = event.target.closest("[data-close-part]");
    const slot = close?.closest(".reply-slot");
    if (!slot) return;
    event.preventDefault();
    slot.replaceChildren();
    document.getElementById(close.dataset.closePart)?.focus();
  });
})();
