import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';
import type { Palette } from '../theme/palette.ts';
import type { RowLead } from './columns.ts';

/** What stands before the text, computed by the column from the row. */
export interface LeadParams {
  readonly leadOf: (row: unknown) => RowLead | null;
  readonly look: Palette;
}

/** A text with what stands before it. Plain DOM, as the chips; by keyboard the menu of the row does what the button does. */
export class LeadCell implements ICellRendererComp {
  readonly #element = document.createElement('span');
  #params: (ICellRendererParams & LeadParams) | null = null;
  #shown = '';

  init(params: ICellRendererParams & LeadParams): void {
    this.#show(params);
  }

  /** Shows what stands before the text now, where that has changed. */
  again(): void {
    if (this.#params !== null) this.#show(this.#params);
  }

  getGui(): HTMLElement {
    return this.#element;
  }

  refresh(params: ICellRendererParams & LeadParams): boolean {
    this.#show(params);
    return true;
  }

  #toggle(): void {
    const lead = this.#params?.leadOf(this.#params.data) ?? null;
    if (lead?.kind === 'stands-for') lead.onToggle();
  }

  #show(params: ICellRendererParams & LeadParams): void {
    const look = this.#params?.look;
    this.#params = params;
    const lead = params.data === undefined ? null : params.leadOf(params.data);
    const words = String(params.valueFormatted ?? params.value ?? '');
    const shown = JSON.stringify([params.node.id, lead, words]);
    if (shown === this.#shown && look === params.look) return;
    this.#shown = shown;
    const text = document.createTextNode(words);
    if (lead === null) this.#element.replaceChildren(text);
    else
      this.#element.replaceChildren(
        lead.kind === 'member' ? memberMark(lead, params.look) : button(lead, params.look, () => this.#toggle()),
        text,
      );
  }
}

function memberMark(lead: Extract<RowLead, { kind: 'member' }>, look: Palette): HTMLElement {
  const mark = document.createElement('span');
  mark.textContent = '↳';
  mark.title = lead.label;
  mark.style.cssText = `padding: 0 8px 0 14px; color: ${look.quietText}`;
  return mark;
}

function button(lead: Extract<RowLead, { kind: 'stands-for' }>, look: Palette, toggle: () => void): HTMLElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.tabIndex = -1;
  made.textContent = `${lead.isOpen ? '▾' : '▸'} ${lead.label}`;
  made.setAttribute('aria-expanded', String(lead.isOpen));
  made.setAttribute('aria-label', lead.action);
  made.title = lead.action;
  made.style.cssText = [
    'margin: 0 8px 0 0',
    'padding: 0 7px',
    'border-radius: 4px',
    'font: inherit',
    'font-size: 12px',
    'font-weight: 550',
    'line-height: 18px',
    'cursor: pointer',
    `color: ${look.text}`,
    `background-color: ${look.hover}`,
    `border: 1px solid ${look.strongLine}`,
  ].join(';');
  // A click on the button neither selects nor opens the row.
  const only = (event: Event): void => event.stopPropagation();
  made.addEventListener('dblclick', only);
  made.addEventListener('click', (event) => {
    only(event);
    toggle();
  });
  return made;
}
