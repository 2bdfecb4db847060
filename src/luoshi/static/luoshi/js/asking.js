// The form of a step changes with what is answered: the server says what it asks for now, and this takes it in. Fields
// stay in the page where they can, so that nobody loses what they type while an answer is under way: not a letter, not
// the caret, not a word that is just being put together by an input method.

const said = (field) =>
  JSON.stringify(
    [...field.querySelectorAll("input, select, textarea")].map((one) =>
      /^(checkbox|radio)$/.test(one.type) ? one.checked : one.value,
    ),
  );

// What the fields said when the form was last sent to be drawn anew, and which control sent it.
let sent = new Map();
let asker = null;
// The control that has to ask once more.
let again = null;

document.body.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.target?.id !== "asked") return;
  asker = detail.elt;
  sent = new Map([...detail.target.querySelectorAll(".ask")].map((field) => [field.dataset.part, said(field)]));
});

/** Whether the rows of a field are to become more or fewer, so that it has to be drawn anew. */
const reshapes = (field) =>
  (asker?.matches("[data-reshapes]") && field.contains(asker)) || field.querySelector("[data-reshapes]:checked") !== null;

/** What is said around a control that stays: whether it has to be filled in, and what is wrong with it. */
const relabel = (field, fresh, changed) => {
  const label = ":scope > label, :scope > fieldset > legend";
  field.querySelector(label).replaceChildren(...fresh.querySelector(label).childNodes);
  for (const control of field.querySelectorAll("[name]")) {
    const like = [...fresh.querySelectorAll("[name]")].find((one) => one.name === control.name);
    control.toggleAttribute("required", like?.required ?? false);
    for (const name of ["aria-invalid", "aria-describedby"]) {
      const value = like?.getAttribute(name);
      if (value && !changed) control.setAttribute(name, value);
      else if (!changed || name === "aria-invalid") control.removeAttribute(name);
    }
  }
  // A fault of what stood there before is none of what stands there now.
  field.querySelector(".issue-error")?.remove();
  const fault = fresh.querySelector(".issue-error");
  if (fault && !changed) field.append(fault);
  field.classList.toggle("ask-wrong", Boolean(fault) && !changed);
};

const take = (field, fresh, added) => {
  const changed = said(field) !== sent.get(field.dataset.part);
  // Rows that were written on meanwhile are numbered anew once that is known, too.
  if (changed && reshapes(field) && field.contains(asker)) again = asker;
  const chosen = [...field.querySelectorAll("input[type=file]")].some((one) => one.files.length);
  if (changed || chosen || (field.contains(document.activeElement) && !reshapes(field))) {
    relabel(field, fresh, changed);
  } else {
    field.replaceWith(fresh);
    added.push(fresh);
  }
};

/** Makes the children of `there` those of `fresh`. Parts stand in one order always, so that what stays need not move. */
const merge = (there, fresh, added) => {
  const wanted = [...fresh.children];
  const keys = new Set(wanted.map((one) => one.dataset.part).filter(Boolean));
  for (const child of [...there.childNodes]) if (!keys.has(child.dataset?.part)) child.remove();
  const stay = new Map([...there.children].map((one) => [one.dataset.part, one]));
  let next = there.firstElementChild;
  for (const child of wanted) {
    const old = stay.get(child.dataset.part);
    if (!old) {
      there.insertBefore(child, next);
      added.push(child);
      continue;
    }
    next = old.nextElementSibling;
    if (old.matches(".ask")) take(old, child, added);
    else merge(old, child, added);
  }
};

htmx.defineExtension("asking", {
  handleSwap(style, target, fragment) {
    if (style !== "asking") return false;
    const added = [];
    merge(target, fragment.querySelector("#asked"), added);
    return added;
  },
});

document.body.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id !== "asked" || !again) return;
  const control = again;
  again = null;
  if (control.isConnected) htmx.trigger(control, control.matches("button") ? "click" : "change");
});
