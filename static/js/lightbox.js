/* A dialog over the page with the pictures of a gallery, one at a time. A click goes close up, where one scrolls and pinches as anywhere. */
export function enlarge(gallery, links, first) {
  const all = [...links];
  const box = document.createElement("dialog");
  const view = document.createElement("div");
  const near = document.createElement("button");
  const buttons = [...gallery.querySelectorAll(".gallery__arrow")].map((arrow) => arrow.cloneNode(true));
  const close = document.createElement("button");
  let index = all.indexOf(first);

  function show(step) {
    if (!all[index + step]) return;
    index += step;
    const picture = all[index].querySelector("picture").cloneNode(true);
    for (const part of picture.children) part.sizes = "150vw";
    const image = picture.querySelector("img");
    image.className = "lightbox__picture";
    image.loading = "eager";
    if (box.matches(".lightbox--close-up")) comeNear({});
    box.setAttribute("aria-label", image.alt);
    view.replaceChildren(picture);
    for (const one of buttons) one.setAttribute("aria-disabled", String(!all[index + Number(one.dataset.step)]));
  }

  /* The place that was clicked stays under the finger. */
  function comeNear({ offsetX, offsetY }) {
    const x = offsetX / view.clientWidth || 0.5;
    const y = offsetY / view.clientHeight || 0.5;
    near.setAttribute("aria-pressed", String(box.classList.toggle("lightbox--close-up")));
    view.scrollTo((view.scrollWidth - view.clientWidth) * x, (view.scrollHeight - view.clientHeight) * y);
  }

  box.className = "lightbox";
  view.className = "lightbox__view";
  view.tabIndex = 0;
  for (const [button, name, sign] of [[near, "near", "+"], [close, "close", "×"]]) {
    button.type = "button";
    button.className = `lightbox__button lightbox__button--${name}`;
    button.textContent = sign;
    button.setAttribute("aria-label", gallery.dataset[name]);
  }
  close.addEventListener("click", () => box.close());
  for (const one of [view, near]) one.addEventListener("click", comeNear);
  for (const one of buttons) one.addEventListener("click", () => show(Number(one.dataset.step)));
  box.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && !box.matches(".lightbox--close-up")) show(step);
  });
  box.append(close, near, view, ...buttons);
  document.body.append(box);
  show(0);
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => {
      box.remove();
      all[index].focus({ preventScroll: true });
      resolve(index);
    });
  });
}
