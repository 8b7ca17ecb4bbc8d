/* <focal-point>: a click on the picture fills in the two fields of its row; they work without it. */
class FocalPoint extends HTMLElement {
  connectedCallback() {
    this.fields = ["x", "y"].map((axis) => document.getElementsByName(`${this.dataset.prefix}focus_${axis}`)[0]);
    if (this.fields.some((field) => !field)) return;
    this.mark = document.createElement("span");
    this.mark.className = "focal-point__mark";
    this.append(this.mark);
    this.classList.add("focal-point--ready");
    this.addEventListener("click", (event) => this.take(event));
    for (const field of this.fields) field.addEventListener("input", () => this.show());
    this.show();
  }

  take(event) {
    const box = this.querySelector("img").getBoundingClientRect();
    const shares = [(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height];
    this.fields.forEach((field, index) => {
      field.value = Math.round(Math.min(1, Math.max(0, shares[index])) * 100);
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    this.show();
  }

  show() {
    [this.mark.style.left, this.mark.style.top] = this.fields.map((field) => `${field.value}%`);
  }
}

customElements.define("focal-point", FocalPoint);
