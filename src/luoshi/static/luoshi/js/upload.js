// Says which files were chosen, and shows that the area takes them.

const drop = document.querySelector(".drop");
const field = drop.querySelector("input");
const chosen = drop.querySelector("[data-chosen]");

const say = () => {
  chosen.textContent = [...field.files].map((file) => file.name).join("、");
};

field.addEventListener("change", say);
for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, () => drop.classList.add("is-over"));
for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("is-over"));
say();
