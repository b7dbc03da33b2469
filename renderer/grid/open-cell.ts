import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';
import type { Palette } from '../theme/palette.ts';

/** What a click on the number does. */
export interface OpenParams {
  readonly open: (row: unknown) => void;
  /** What is opened, in words. */
  readonly hint: string;
  readonly look: Palette;
}

/**
 * A number that opens what is behind it. Plain DOM, as the chips. Only the number itself takes the click, so that the rest of the cell selects the
 * row; by keyboard the grid opens the focused cell with Enter.
 */
export class OpenCell implements ICellRendererComp {
  readonly #element = document.createElement('span');

  init(params: ICellRendererParams & OpenParams): void {
    this.#show(params);
  }

  getGui(): HTMLElement {
    return this.#element;
  }

  refresh(params: ICellRendererParams & OpenParams): boolean {
    this.#show(params);
    return true;
  }

  #show({ data, value, valueFormatted, open, hint, look }: ICellRendererParams & OpenParams): void {
    const text = String(valueFormatted ?? value ?? '');
    if (data === undefined || typeof value !== 'number' || value === 0) {
      this.#element.replaceChildren(document.createTextNode(text));
      return;
    }
    const made = document.createElement('button');
    made.type = 'button';
    made.tabIndex = -1;
    made.textContent = text;
    made.setAttribute('aria-label', `${text}: ${hint}`);
    made.title = hint;
    made.style.cssText = [
      'margin: 0',
      'padding: 0 2px',
      'border: 0',
      'border-radius: 3px',
      'background: none',
      'font: inherit',
      'font-variant-numeric: tabular-nums',
      'cursor: pointer',
      'text-decoration: underline',
      `text-decoration-color: ${look.strongLine}`,
      'text-underline-offset: 3px',
      `color: ${look.text}`,
    ].join(';');
    // A click on the number neither selects nor opens the row.
    const only = (event: Event): void => event.stopPropagation();
    made.addEventListener('dblclick', only);
    made.addEventListener('click', (event) => {
      only(event);
      open(data);
    });
    this.#element.replaceChildren(made);
  }
}
