// Keyboard shortcuts. Every one of them is also a link or a field on the page: `data-key` names its key.
// Keys do nothing while somebody types, and none needs a modifier that browsers or screen readers use.

const typing = (element) =>
  element.isContentEditable || /^(input|textarea|select)$/i.test(element.tagName);

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  const wanted = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === event.key);
  if (!wanted) return;
  event.preventDefault();
  if (typing(wanted)) {
    wanted.focus();
    wanted.select?.();
  } else {
    wanted.click();
  }
});
