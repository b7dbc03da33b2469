import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';
import type { Palette, Tone } from '../theme/palette.ts';

/** What a chip cell shows, computed by the column from the row. */
export interface ChipParams {
  readonly chipOf: (
    row: unknown,
  ) => { readonly label: string; readonly tone: Tone; readonly isForecast?: boolean } | null;
  readonly look: Palette;
}

/** A word on a coloured ground. Plain DOM: mounting React for every visible cell costs frames while one scrolls. */
export class ChipCell implements ICellRendererComp {
  readonly #element = document.createElement('span');

  init(params: ICellRendererParams & ChipParams): void {
    this.#show(params);
  }

  getGui(): HTMLElement {
    return this.#element;
  }

  refresh(params: ICellRendererParams & ChipParams): boolean {
    this.#show(params);
    return true;
  }

  #show(params: ICellRendererParams & ChipParams): void {
    const chip = params.data === undefined ? null : params.chipOf(params.data);
    const { style } = this.#element;
    this.#element.textContent = chip?.label ?? '';
    if (chip === null) {
      style.cssText = '';
      return;
    }
    const colours = params.look.tones[chip.tone];
    style.display = 'inline-block';
    style.padding = '0 7px';
    style.borderRadius = '4px';
    style.fontSize = '12px';
    style.fontWeight = '550';
    style.lineHeight = '18px';
    style.color = colours.text;
    // Dashed and on no ground: what is computed is never taken for what is reported.
    const isForecast = chip.isForecast === true;
    style.backgroundColor = isForecast ? 'transparent' : colours.ground;
    style.border = isForecast ? `1px dashed ${colours.text}` : `1px solid ${colours.line}`;
  }
}
