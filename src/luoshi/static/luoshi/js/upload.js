// Says which files were chosen and which are too large to send, and shows that the area takes them.

const form = document.querySelector(".upload");
const drop = form.querySelector(".drop");
const field = drop.querySelector("input");
const chosen = drop.querySelector("[data-chosen]");
const wrong = drop.querySelector("[data-wrong]");

const say = () => {
  const names = (files) => files.map((file) => file.name).join("、");
  const all = [...field.files];
  const large = all.filter((file) => file.size > Number(form.dataset.limit));
  chosen.textContent = names(all.filter((file) => !large.includes(file)));
  wrong.textContent = large.length ? form.dataset.tooLarge + names(large) : "";
  field.setCustomValidity(wrong.textContent);
};

field.addEventListener("change", say);
for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, () => drop.classList.add("is-over"));
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("is-over"));
say();
