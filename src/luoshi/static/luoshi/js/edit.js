// The form of a task, in the place of its card: rows are added, a refusal is shown, the keyboard goes along.

const addRow = (button) => {
  const rows = button.closest(".edit-rows");
  const total = rows.querySelector('[name$="-TOTAL_FORMS"]');
  const row = rows.querySelector("template").content.firstElementChild.cloneNode(true);
  for (const element of row.querySelectorAll("[name], [id], [for]")) {
    for (const name of ["name", "id", "for"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace("__prefix__", total.value));
    }
  }
  total.value = Number(total.value) + 1;
  rows.insertBefore(row, button);
  row.querySelector("input:not([type=hidden]), select")?.focus();
};

document.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add-row]");
  if (add) addRow(add);
});

// A refused form comes back with what was typed and the reason; it is shown like any other answer.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if ([409, 422].includes(event.detail.xhr.status)) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

// Where the form of a task opens, comes back refused or gives way to the card again, the keyboard goes along.
let edited = "";
document.body.addEventListener("htmx:beforeRequest", ({ target }) => {
  edited = target.closest(".card-acts a, .is-editing") ? target.closest(".card-task").id : "";
});
document.body.addEventListener("htmx:afterSettle", () => {
  const key = edited;
  edited = "";
  if (key) setTimeout(() => enter(document.getElementById(key)));
});

/** Goes to what is wrong in a form, or to its first field, or to the card. */
const enter = (card) => {
  if (!card) return;
  const wrong = card.matches(".is-editing") ? card.querySelector("[role=alert]") : null;
  const field = (wrong?.closest(".edit-row") ?? card).querySelector("textarea, select, input:not([type=hidden])");
  const wanted = wrong?.matches(".notice") ? wrong : card.matches(".is-editing") ? field : card;
  (wrong ?? card).scrollIntoView({ block: "center" });
  wanted?.focus({ preventScroll: true });
};
