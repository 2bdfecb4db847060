// The import review. A click on either side moves the other; keys go through tasks and findings. What has not
// been fetched yet is fetched when somebody goes there.

const review = document.getElementById("review");
const panes = Object.fromEntries(
  ["text", "tasks", "findings"].map((name) => [name, document.getElementById(`pane-${name}`)]),
);
const said = document.getElementById("review-said");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const narrow = matchMedia("(max-width: 61.99rem)");

// --- which view is open --------------------------------------------------------------------------------

const show = (view) => {
  if (!panes[view]) return;
  review.dataset.view = view;
  markTab();
};

const markTab = () => {
  if (!panes.tasks) return;
  for (const tab of document.querySelectorAll("#review-tabs [data-view]")) {
    if (tab.dataset.view === review.dataset.view) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
};

const narrowFindings = (key) => {
  const link = panes.findings?.querySelector(`[data-show-link="${key}"]`);
  if (link) link.click();
};

// --- finding and fetching ------------------------------------------------------------------------------

/** The waiting part that holds `value`, by its `first`/`start` and `end`. */
const waitingFor = (pane, from, value) =>
  [...pane.querySelectorAll(".is-waiting")].find(
    (part) => Number(part.dataset[from]) <= value && value < Number(part.dataset.end),
  );

/** The element that `find` gives, fetched first if it is still to come. */
const reach = (pane, find, from, value) =>
  new Promise((resolve) => {
    const there = find();
    const waiting = there ? null : waitingFor(pane, from, value);
    if (!waiting) return resolve(there);
    const look = () => {
      const found = find();
      if (!found) return;
      document.body.removeEventListener("htmx:afterSettle", look);
      resolve(found);
    };
    document.body.addEventListener("htmx:afterSettle", look);
    window.htmx.trigger(waiting, "luoshi:load");
  });

/** Moves `element` into the upper third of its pane, or of the window where panes do not scroll. */
const bring = (pane, element) => {
  const behavior = still.matches ? "auto" : "smooth";
  if (getComputedStyle(pane).overflowY !== "auto") {
    element.scrollIntoView({ block: "center", behavior });
    return;
  }
  const top = element.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTo({ top: pane.scrollTop + top - pane.clientHeight * 0.25, behavior });
};

const highlight = (selector, within = review) => {
  for (const old of within.querySelectorAll(".is-here")) if (!old.matches(selector)) old.classList.remove("is-here");
  for (const now of within.querySelectorAll(selector)) now.classList.add("is-here");
};

// --- from one side to the other ------------------------------------------------------------------------

const toTask = async (position, move = true) => {
  if (panes.tasks.checkVisibility && !panes.tasks.checkVisibility()) show("tasks");
  const card = await reach(panes.tasks, () => document.getElementById(`task-${position}`), "first", position);
  if (!card) return null;
  highlight(`.card-task[data-task="${position}"]`, panes.tasks);
  highlight(`.para[data-task="${position}"]`, panes.text);
  if (move) bring(panes.tasks, card);
  return card;
};

const toFinding = (key) => {
  const item = document.getElementById(`finding-${key}`);
  if (!item) return false;
  show("findings");
  highlight(`.doubt[data-finding="${key}"]`, panes.findings);
  bring(panes.findings, item);
  return true;
};

/** Shows in the document what stands at `start`, marking the words of `key` if there is one. */
const toText = async (start, key = "") => {
  if (narrow.matches) show("text");
  const selector = key ? `mark[data-keys~="${key}"]` : "";
  const find = () => {
    const words = selector && panes.text.querySelector(selector);
    return words || loadedPassage(start);
  };
  const found = await reach(panes.text, find, "start", start);
  if (!found) return;
  const words = selector && panes.text.querySelector(selector);
  if (selector) highlight(selector, panes.text);
  bring(panes.text, words || found);
};

const loadedPassage = (start) => {
  const passage = [...panes.text.querySelectorAll(".passage:not(.is-waiting)")].find(
    (part) => Number(part.dataset.start) <= start && start < Number(part.dataset.end),
  );
  return passage || null;
};

const taskToText = async (card) => {
  const position = card.dataset.task;
  if (narrow.matches) show("text");
  const found = await reach(
    panes.text,
    () => panes.text.querySelector(`[data-task="${position}"]`),
    "start",
    Number(card.dataset.start),
  );
  highlight(`.card-task[data-task="${position}"]`, panes.tasks);
  highlight(`.para[data-task="${position}"]`, panes.text);
  if (found) bring(panes.text, found);
};

review.addEventListener("click", (event) => {
  const tab = event.target.closest("#review-tabs [data-view]");
  if (tab && panes.tasks) {
    event.preventDefault();
    history.replaceState(null, "", `#${tab.dataset.view}`);
    return show(tab.dataset.view);
  }
  const counted = event.target.closest("[data-show]");
  if (counted) {
    event.preventDefault();
    show("findings");
    return narrowFindings(counted.dataset.show);
  }
  if (!panes.text) return;
  if (panes.text.contains(event.target)) return fromText(event.target);
  const part = event.target.closest("[data-key-of][data-at]");
  if (part && (part.matches("button") || event.target.closest("[data-goto]"))) {
    highlight(`[data-key-of="${part.dataset.keyOf}"]`, part.closest(".pane"));
    return toText(Number(part.dataset.at), part.dataset.keyOf);
  }
  const card = event.target.closest(".card-task");
  if (card && (event.target.closest("[data-goto]") || !event.target.closest("a, button, summary, input, label, form"))) {
    return taskToText(card);
  }
});

const fromText = (target) => {
  if (getSelection()?.toString()) return; // somebody is copying
  const mark = target.closest("mark[data-keys]");
  const finding = mark?.dataset.keys.split(" ").find((key) => key.startsWith("f"));
  if (mark) highlight(`mark[data-keys="${mark.dataset.keys}"]`, panes.text);
  if (finding && review.dataset.view === "findings" && toFinding(finding.slice(1))) return;
  const owner = target.closest("[data-task]");
  if (owner) {
    toTask(Number(owner.dataset.task));
  } else if (finding) {
    toFinding(finding.slice(1));
  }
};

// --- keys ----------------------------------------------------------------------------------------------

const typing = (element) =>
  element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);

const step = (pane, selector, by) => {
  const all = [...pane.querySelectorAll(selector)].filter((item) => item.offsetParent);
  if (!all.length) return null;
  const at = all.findIndex((item) => item.classList.contains("is-here"));
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + by, 0), all.length - 1);
  return all[next];
};

const stepTask = (by) => {
  show("tasks");
  const card = step(panes.tasks, ".card-task, .batch.is-waiting", by);
  if (!card) return;
  if (card.classList.contains("is-waiting")) {
    reach(panes.tasks, () => null, "first", Number(card.dataset.first));
    return;
  }
  toTask(Number(card.dataset.task));
  taskToText(card);
  card.focus({ preventScroll: true });
};

const stepFinding = (by) => {
  if (review.dataset.view !== "tasks") show("findings");
  const pane = panes[review.dataset.view];
  const item = step(pane, ".doubt:not(.is-settled)", by) || pane.querySelector(".doubt:not(.is-settled)");
  if (item) goTo(pane, item);
};

const goTo = (pane, item) => {
  highlight(`.doubt[data-finding="${item.dataset.finding}"]`, pane);
  bring(pane, item);
  item.focus({ preventScroll: true });
  if (!narrow.matches) toText(Number(item.dataset.at), item.dataset.keyOf);
};

const act = (name) => {
  const item = panes[review.dataset.view]?.querySelector(".doubt.is-here");
  const control = item?.querySelector(`[data-act="${name}"]`);
  if (!control) return false;
  if (name === "edit") {
    control.open = true;
    const input = control.querySelector("input[name=value]");
    input.focus();
    input.select();
  } else {
    control.click();
  }
  return true;
};

const KEYS = {
  j: () => stepTask(1),
  k: () => stepTask(-1),
  n: () => stepFinding(1),
  p: () => stepFinding(-1),
  e: () => act("edit"),
  d: () => act("dismiss"),
};

if (panes.text) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "Enter" && event.target.matches(".doubt")) {
      if (act("accept")) event.preventDefault();
      return;
    }
    const deed = KEYS[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
}

// --- what the server answers ---------------------------------------------------------------------------

// A step is answered with everything that it may have changed. What is not on the page, such as a card that has
// not been fetched yet, is left out.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.serverResponse?.includes("hx-swap-oob")) return;
  const answer = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
  for (const part of answer.querySelectorAll("[hx-swap-oob]")) {
    if (!document.getElementById(part.id)) part.remove();
  }
  event.detail.serverResponse = answer.body.innerHTML;
});

// After a finding is settled, its words in the document change and the next open one is ready.
document.body.addEventListener("luoshi:settled", (event) => {
  const { finding, state, refused } = event.detail;
  markTab();
  if (!panes.text) return;
  if (refused) {
    panes[review.dataset.view]?.querySelector(`.doubt[data-finding="${finding}"] [open] input[name=value]`)?.focus();
    return;
  }
  if (!finding) return;
  for (const mark of panes.text.querySelectorAll(`mark[data-keys~="f${finding}"]`)) {
    mark.classList.toggle("is-settled", state !== "open");
  }
  const pane = panes[review.dataset.view];
  const here = pane.querySelector(`.doubt[data-finding="${finding}"]`);
  if (!here) return;
  const all = [...pane.querySelectorAll(".doubt")];
  const next = state === "open" ? here : all.slice(all.indexOf(here) + 1).find((item) => !item.matches(".is-settled"));
  if (next) goTo(pane, next);
  else here.focus({ preventScroll: true });
  said.textContent = here.querySelector(".severity")?.textContent ?? "";
});

// An address may name a view or a task of the review: `#findings`, `#task-12`.
const open = () => {
  const asked = location.hash.slice(1);
  const task = /^task-(\d+)$/.exec(asked);
  if (task) toTask(Number(task[1])).then((card) => card && taskToText(card));
  else show(asked);
  stay();
};

// The browser goes to the card by moving the window; beside each other, only the panes move.
const stay = () => {
  if (!narrow.matches) scrollTo({ top: 0, behavior: "instant" });
};

if (panes.tasks) {
  markTab();
  addEventListener("hashchange", open);
  // What waits can be fetched as soon as htmx knows of it, which is when the document is ready.
  document.addEventListener("DOMContentLoaded", open);
  addEventListener("load", stay);
}
