// Where a list of millions of rows stands. Browsers cap an element's height (Chromium at 33,554,428 px, Firefox near 17.8 million), and a
// plain list ends without a word at the row there. So the truth is a virtual offset in pixels; the element that scrolls is at most
// MAX_SPACER high, and its scrollTop is only a picture of that offset. Below the cap the two are the same number.

/** Under every browser's cap. */
export const MAX_SPACER = 8_000_000;

export interface Span { readonly first: number; readonly count: number; readonly shift: number }

export class VirtualScroll {
  #offset = 0;
  #placed = 0; // the scrollTop that we set or last saw
  #total = 0;
  #rowHeight: number;
  #view = 0;

  constructor(rowHeight: number) { this.#rowHeight = rowHeight; }

  /** Pixels of rows above the view's top edge. */
  get offset(): number { return this.#offset; }
  get total(): number { return this.#total; }
  get rowHeight(): number { return this.#rowHeight; }
  /** Rows that fit whole, at least 1: a page. */
  get page(): number { return Math.max(1, Math.floor(this.#view / this.#rowHeight)); }
  get #height(): number { return this.#total * this.#rowHeight; }
  get #end(): number { return Math.max(0, this.#height - this.#view); }
  /** Height of the rows in the scrolled element. */
  get spacer(): number { return Math.min(this.#height, MAX_SPACER); }
  get #domEnd(): number { return Math.max(0, this.spacer - this.#view); }
  /** Whether a pixel of the scroll bar stands for more than a pixel of rows: wheel and keys must then be handled by us. */
  get scaled(): boolean { return this.#height > MAX_SPACER; }

  /** Rows in the list, pixels of one row and of the view that shows them. The row at the top stays there when rows get another height. */
  resize(total: number, rowHeight: number, view: number): void {
    const top = this.#offset / this.#rowHeight;
    if (rowHeight !== this.#rowHeight) { this.#rowHeight = rowHeight; this.#offset = top * rowHeight; }
    this.#total = total;
    this.#view = view;
    this.#offset = this.#clamp(this.#offset);
  }

  to(offset: number): void { this.#offset = this.#clamp(offset); }
  by(pixels: number): void { this.to(this.#offset + pixels); }

  /** The scrollTop that pictures the offset; what the browser made of it has to be given back to `placed`. */
  get domTop(): number { return this.scaled ? (this.#offset / this.#end) * this.#domEnd : this.#offset; }
  placed(scrollTop: number): void { this.#placed = scrollTop; }
  /** Whether somebody else has scrolled the element since: the event for it is still to come, and says more than the offset does. */
  isBehind(scrollTop: number): boolean { return Math.abs(scrollTop - this.#placed) >= 1; }

  /**
   * The element was scrolled, by us or by the person. Small steps (touch, arrows of the scroll bar) move the rows by the same number of pixels;
   * large ones can only be the thumb or a click into the bar and are taken as a proportion. False when it was our own echo.
   */
  scrolled(scrollTop: number): boolean {
    const step = scrollTop - this.#placed;
    if (!this.isBehind(scrollTop)) return false;
    this.#placed = scrollTop;
    if (!this.scaled) this.to(scrollTop);
    else if (scrollTop <= 0) this.to(0);
    else if (scrollTop >= this.#domEnd - 1) this.to(this.#end);
    else if (Math.abs(step) <= this.#view) this.by(step);
    else this.to((scrollTop / this.#domEnd) * this.#end);
    return true;
  }

  /** The least movement that shows the row whole. False when it was in view. */
  reveal(index: number): boolean {
    const top = index * this.#rowHeight;
    const before = this.#offset;
    if (top < this.#offset) this.to(top);
    else if (top + this.#rowHeight > this.#offset + this.#view) this.to(top + this.#rowHeight - this.#view);
    return this.#offset !== before;
  }

  isInView(index: number): boolean {
    const top = index * this.#rowHeight;
    return top >= this.#offset && top + this.#rowHeight <= this.#offset + this.#view;
  }

  /** Puts a row at a height in the view, as near as the ends of the list allow. */
  place(index: number, y: number): void { this.to(index * this.#rowHeight - y); }

  /** The rows that touch the view, and how far the first is pushed up out of it. */
  get span(): Span {
    const first = Math.floor(this.#offset / this.#rowHeight);
    const shift = this.#offset - first * this.#rowHeight;
    return { first, count: Math.max(0, Math.min(this.#total - first, Math.ceil((this.#view + shift) / this.#rowHeight))), shift };
  }

  #clamp(offset: number): number { return Math.max(0, Math.min(this.#end, offset)); }
}
