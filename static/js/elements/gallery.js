/* <shop-gallery>: thumbnails and arrows turn the stage and leave no trace in the address; a click enlarges in a dialog with a stage of its own. */
class Gallery extends HTMLElement {
  connectedCallback() {
    this.box = this.querySelector("dialog");
    this.arrows = this.querySelectorAll(".gallery__arrow");
    this.thumbs = [...this.querySelectorAll(".gallery__thumb")];
    this.shown = 0;
    for (const arrow of this.arrows) arrow.hidden = false;
    this.watchers = [...this.querySelectorAll(".gallery__stage")].map((root) => {
      const watcher = new IntersectionObserver((entries) => this.mark(entries), { root, threshold: 0.6 });
      for (const slide of root.children) watcher.observe(slide);
      return watcher;
    });
    this.addEventListener("click", (event) => this.answer(event));
    this.box.addEventListener("close", () => this.turnTo(this.shown));
  }

  disconnectedCallback() {
    for (const watcher of this.watchers) watcher.disconnect();
  }

  get slides() {
    return [...this.querySelector(this.box.open ? "dialog .gallery__stage" : ".gallery__stage").children];
  }

  answer(event) {
    const arrow = event.target.closest(".gallery__arrow");
    const link = event.target.closest("a");
    if (arrow) this.turnTo(this.shown + Number(arrow.dataset.step));
    else if (event.target.closest(".lightbox__near, .lightbox .gallery__slide")) this.comeNear(event);
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (link.matches(".gallery__thumb")) this.turnTo(this.thumbs.indexOf(link));
    else {
      this.box.showModal();
      this.turnTo(this.shown, "instant");
    }
  }

  turnTo(index, behavior = "auto") {
    const slide = this.slides[index];
    slide?.parentElement.scrollTo({ left: slide.offsetLeft - slide.parentElement.firstElementChild.offsetLeft, behavior });
  }

  /* The place that was clicked stays under the finger. */
  comeNear(event) {
    const slide = this.slides[this.shown];
    const [x, y] = slide.contains(event.target) ? [event.offsetX / slide.clientWidth, event.offsetY / slide.clientHeight] : [0.5, 0.5];
    slide.classList.toggle("lightbox__slide--near");
    slide.scrollTo((slide.scrollWidth - slide.clientWidth) * x, (slide.scrollHeight - slide.clientHeight) * y);
  }

  mark(entries) {
    const entry = entries.find((one) => one.isIntersecting);
    if (!entry) return;
    this.shown = [...entry.target.parentElement.children].indexOf(entry.target);
    this.thumbs.forEach((thumb, index) => (thumb.ariaCurrent = index === this.shown || null));
    /* Not `disabled`: the focus would fall out of the gallery. */
    for (const arrow of this.arrows) arrow.ariaDisabled = !this.slides[this.shown + Number(arrow.dataset.step)];
  }
}

customElements.define("shop-gallery", Gallery);
