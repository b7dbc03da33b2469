import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';

/** What a click on the number does. */
export interface OpenParams {
  readonly open: (row: unknown) => void;
  /** What is opened, in words. */
  readonly hint: string;
}

/** Drawn by the theme of the grid: a list shows hundreds of them. */
export const openCellCss = `
.number-opens {
  margin: 0;
  padding: 0 2px;
  border: 0;
  border-radius: 3px;
  background: none;
  font: inherit;
  font-variant-numeric: inherit;
  color: inherit;
  cursor: pointer;
  text-decoration: underline;
  text-decoration-color: var(--ag-checkbox-unchecked-border-color);
  text-underline-offset: 3px;
}`;

// A click on the number neither selects nor opens the row.
const only = (event: Event): void => event.stopPropagation();

/**
 * A number above 0 that opens what is behind it. Plain DOM, as the chips. Only the number itself takes the click, so that the rest of the cell selects
 * the row; by keyboard the grid opens the focused cell with Enter.
 */
export class OpenCell implements ICellRendererComp {
  readonly #element = document.createElement('button');
  #run: () => void = () => {};

  init(params: ICellRendererParams & OpenParams): void {
    this.#element.type = 'button';
    this.#element.tabIndex = -1;
    this.#element.className = 'number-opens';
    this.#element.addEventListener('dblclick', only);
    this.#element.addEventListener('click', (event) => {
      only(event);
      this.#run();
    });
    this.#show(params);
  }

  getGui(): HTMLElement {
    return this.#element;
  }

  refresh(params: ICellRendererParams & OpenParams): boolean {
    this.#show(params);
    return true;
  }

  #show({ data, value, valueFormatted, open, hint }: ICellRendererParams & OpenParams): void {
    const text = String(valueFormatted ?? value);
    this.#run = () => open(data);
    this.#element.textContent = text;
    this.#element.setAttribute('aria-label', `${text}: ${hint}`);
    this.#element.title = hint;
  }
}
