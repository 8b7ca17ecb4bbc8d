/* What changes without a new page is said in one place: the live region of base.html. */
const region = document.querySelector("[data-live]");
let timer;

function show(content, seconds, bubble) {
  clearTimeout(timer);
  for (const old of region.querySelectorAll("[data-passing]")) old.remove();
  const box = document.createElement("div");
  box.dataset.passing = "";
  box.className = bubble ? "toasts__bubble" : "visually-hidden";
  box.append(...content);
  region.append(box);
  /* Nobody loses a message while reading or pointing at it. */
  const leave = () => {
    if (box.matches(":hover, :focus-within")) timer = setTimeout(leave, 2000);
    else box.remove();
  };
  timer = setTimeout(leave, seconds * 1000);
}

export function announce(text) {
  if (region && text) show([text], 5, false);
}

export function toast(nodes) {
  if (region) show(nodes, 12, true);
}

/* A <template data-for="z"> fills the fragment z. */
export function fillOthers(part) {
  for (const other of part.querySelectorAll("template[data-for]")) {
    const fragment = document.querySelector(`shop-fragment[name="${other.dataset.for}"]`);
    if (fragment) renew(fragment, other.content);
    other.remove();
  }
}

/* What was open or typed stays so; the focus goes to the same control, or to what leads to the same address. */
export function renew(fragment, content, key) {
  const old = fragment.contains(document.activeElement) && document.activeElement;
  const open = new Map([...fragment.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
  fragment.replaceChildren(content);
  for (const one of fragment.querySelectorAll("details[id]")) one.open = open.get(one.id) ?? one.open;
  if (!old || fragment.contains(document.activeElement)) return;
  const same = old.id && document.getElementById(old.id);
  if (!key && same && old.type === "text") same.value = old.value;
  if (same && !same.disabled) return same.focus();
  [...fragment.querySelectorAll("[href], [action] button:not([hidden])")]
    .find((node) => (node.getAttribute("href") ?? node.form.getAttribute("action")) === key)?.focus();
}
