/* <shop-gallery>: thumbnails and arrows turn the stage and leave no trace in the address; a click enlarges. */
class Gallery extends HTMLElement {
  connectedCallback() {
    this.stage = this.querySelector(".gallery__stage");
    this.thumbs = [...this.querySelectorAll(".gallery__thumb")];
    this.slides = [...this.stage.children];
    this.arrows = [...this.querySelectorAll(".gallery__arrow")];
    this.shown = 0;
    for (const arrow of this.arrows) arrow.hidden = false;
    this.addEventListener("click", (event) => this.answer(event));
    this.watcher = new IntersectionObserver((entries) => this.mark(entries), { root: this.stage, threshold: 0.6 });
    for (const slide of this.slides) this.watcher.observe(slide);
  }

  disconnectedCallback() {
    this.watcher.disconnect();
  }

  answer(event) {
    const arrow = event.target.closest(".gallery__arrow");
    const link = event.target.closest("a");
    if (arrow) this.turnTo(this.shown + Number(arrow.dataset.step));
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (link.matches(".gallery__zoom")) this.enlarge(link);
    else this.turnTo(this.thumbs.indexOf(link));
  }

  turnTo(index) {
    const slide = this.slides[index];
    if (slide) this.stage.scrollTo({ left: slide.offsetLeft - this.slides[0].offsetLeft });
  }

  mark(entries) {
    const entry = entries.find((one) => one.isIntersecting);
    if (!entry) return;
    this.shown = this.slides.indexOf(entry.target);
    this.thumbs.forEach((thumb, index) => {
      if (index === this.shown) thumb.setAttribute("aria-current", "true");
      else thumb.removeAttribute("aria-current");
    });
    for (const arrow of this.arrows) {
      const isAtEnd = !this.slides[this.shown + Number(arrow.dataset.step)];
      /* Not `disabled`: the focus would fall out of the gallery. */
      arrow.setAttribute("aria-disabled", String(isAtEnd));
    }
  }

  async enlarge(link) {
    const { enlarge } = await import("../lightbox.js");
    const index = await enlarge(this, this.querySelectorAll(".gallery__zoom"), link);
    this.turnTo(index);
  }
}

customElements.define("shop-gallery", Gallery);
