// The form of a report saves itself, shows who else has it open, and takes in what others saved. Without this
// module the same form works with its buttons.

const form = document.getElementById("report-form");
const PAUSE = 2000; // after the last key
const AGAIN = 10000; // after the network failed
const LOOK = 15000; // at who else is here

const told = document.getElementById("report-saved");
const here = document.getElementById("report-here");
const merge = document.getElementById("report-merge");

let timer = 0;
let running = false;
let leaving = false;
let gone = false;

const typed = () => {
  const data = new FormData(form);
  for (const name of ["csrfmiddlewaretoken", "base", "upload"]) data.delete(name);
  return new URLSearchParams(data).toString();
};

let kept = form && typed();

const say = (text, state) => {
  told.textContent = text;
  told.dataset.state = state;
};

/** Puts `text` into a field; the caret stays at its word. */
const fill = (field, text) => {
  if (field.value === text || field.value.trim() === text) return;
  const [at, after] = [field.selectionStart, field.value.slice(field.selectionStart)];
  field.value = text;
  if (document.activeElement !== field || at === null) return;
  const place = after && text.endsWith(after) ? text.length - after.length : Math.min(at, text.length);
  field.setSelectionRange(place, place);
};

const take = (values) => {
  for (const field of form.querySelectorAll("textarea, input[name=share_done]")) fill(field, values[field.name] ?? "");
};

const takeFiles = (html) => {
  const old = document.getElementById("report-files");
  const open = old.querySelector("details")?.open;
  old.outerHTML = html;
  const more = document.querySelector("#report-files details");
  if (more && open) more.open = true;
};

const answer = (got, sent, uploaded) => {
  if (got.refused) {
    say(got.refused, "wrong");
    if (got.latest === undefined) return;
  }
  const still = typed() === sent;
  if (still) {
    // Whoever types on keeps the own words; the next save brings the two together.
    if (got.merged) take(got.values);
    if (got.merged || uploaded) takeFiles(got.files);
    kept = typed();
  } else {
    kept = sent;
  }
  form.elements.base.value = still ? got.latest : got.own;
  if (got.merged) merge.innerHTML = got.merged;
  if (!got.refused) say(got.said, "kept");
  if (!still) later(PAUSE);
};

const save = async (options = {}) => {
  clearTimeout(timer);
  if (running || leaving || gone) return;
  running = true;
  const data = new FormData(form);
  const sent = typed();
  const upload = form.elements.upload;
  const uploaded = upload.files.length > 0;
  say(form.dataset.saving, "saving");
  try {
    const response = await fetch(form.dataset.save, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json" },
      ...options,
    });
    if (!response.ok) throw new Error(response.statusText);
    if (uploaded) upload.value = "";
    answer(await response.json(), sent, uploaded);
  } catch {
    say(form.dataset.offline, "wrong");
    later(AGAIN);
  } finally {
    running = false;
  }
};

const later = (pause) => {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
};

const look = async () => {
  if (document.hidden || leaving) return;
  try {
    const data = new FormData();
    data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const response = await fetch(form.dataset.here, { method: "POST", body: data });
    if (!response.ok) return;
    const got = await response.json();
    here.textContent = got.here;
    if (got.state && !["draft", "returned", "withdrawn"].includes(got.state)) {
      gone = true;
      say(form.dataset.gone, "wrong");
    } else if (got.latest > Number(form.elements.base.value) && !running) {
      save();
    }
  } catch {
    // Not reachable now: the next look will tell.
  }
};

const leave = () => {
  const data = new FormData();
  data.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  data.append("leaves", "1");
  navigator.sendBeacon(form.dataset.here, data);
};

if (form) {
  form.addEventListener("input", (event) => {
    if (event.target.name === "upload" || typed() === kept) return;
    say(form.dataset.unsaved, "open");
    later(event.target.type === "checkbox" ? 400 : PAUSE);
  });
  form.elements.upload.addEventListener("change", () => save());
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
  });
  addEventListener("pageshow", () => (leaving = false));
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && typed() !== kept) save({ keepalive: true });
    else if (!document.hidden) look();
  });
  for (const button of document.querySelectorAll("[data-take]")) {
    const field = document.getElementById(button.dataset.take);
    button.hidden = false;
    button.addEventListener("click", () => {
      const words = button.parentElement.querySelector("blockquote").innerText.trim();
      field.value = field.value ? `${field.value}\n${words}` : words;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }
  setInterval(look, LOOK);
  look();
}

// A list of reports: one box ticks all of the page.
const tickAll = (root) => {
  for (const all of root.querySelectorAll("[data-tick-all]")) {
    all.hidden = false;
    all.querySelector("input").addEventListener("change", (event) => {
      for (const box of all.closest("form").querySelectorAll("input[name=report]")) box.checked = event.target.checked;
    });
  }
};
tickAll(document);
document.body.addEventListener("htmx:afterSwap", () => tickAll(document));
