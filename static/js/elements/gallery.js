/* <shop-gallery>: thumbnails turn the stage without leaving a trace in the address; a click enlarges. */
class Gallery extends HTMLElement {
  connectedCallback() {
    this.stage = this.querySelector(".gallery__stage");
    this.thumbs = [...this.querySelectorAll(".gallery__thumb")];
    this.slides = [...this.stage.children];
    this.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      if (link.matches(".gallery__zoom")) this.enlarge(link);
      else this.turnTo(this.thumbs.indexOf(link));
    });
    this.watcher = new IntersectionObserver((entries) => this.mark(entries), { root: this.stage, threshold: 0.6 });
    for (const slide of this.slides) this.watcher.observe(slide);
  }

  disconnectedCallback() {
    this.watcher.disconnect();
  }

  turnTo(index) {
    this.stage.scrollTo({ left: this.slides[index].offsetLeft - this.slides[0].offsetLeft });
  }

  mark(entries) {
    const shown = entries.find((entry) => entry.isIntersecting);
    if (!shown) return;
    this.thumbs.forEach((thumb, index) => {
      if (this.slides[index] === shown.target) thumb.setAttribute("aria-current", "true");
      else thumb.removeAttribute("aria-current");
    });
  }

  enlarge(link) {
    const box = document.createElement("dialog");
    const picture = new Image();
    const close = document.createElement("button");
    box.className = "lightbox";
    picture.className = "lightbox__picture";
    picture.src = link.href;
    picture.alt = link.querySelector("img").alt;
    close.className = "lightbox__close";
    close.textContent = "×";
    close.setAttribute("aria-label", this.dataset.close);
    box.setAttribute("aria-label", picture.alt);
    box.append(close, picture);
    box.addEventListener("click", () => box.close());
    box.addEventListener("close", () => {
      box.remove();
      link.focus();
    });
    document.body.append(box);
    box.showModal();
  }
}

customElements.define("shop-gallery", Gallery);
