import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';
import type { Palette } from '../theme/palette.ts';

/** What a progress cell needs besides its percent. */
export interface ProgressParams {
  readonly look: Palette;
  readonly format: (percent: number) => string;
}

/** A bar with its percent; empty where the percent is not known. Plain DOM, as the chips. */
export class ProgressCell implements ICellRendererComp {
  readonly #element = document.createElement('div');
  readonly #track = document.createElement('div');
  readonly #bar = document.createElement('div');
  readonly #text = document.createElement('span');

  init(params: ICellRendererParams & ProgressParams): void {
    Object.assign(this.#element.style, { display: 'flex', alignItems: 'center', gap: '8px', height: '100%' });
    Object.assign(this.#track.style, { flex: '1', height: '5px', borderRadius: '3px', overflow: 'hidden' });
    Object.assign(this.#bar.style, { height: '100%', borderRadius: '3px' });
    Object.assign(this.#text.style, { fontVariantNumeric: 'tabular-nums', minWidth: '38px', textAlign: 'right' });
    this.#track.append(this.#bar);
    this.#element.append(this.#track, this.#text);
    this.#show(params);
  }

  getGui(): HTMLElement {
    return this.#element;
  }

  refresh(params: ICellRendererParams & ProgressParams): boolean {
    this.#show(params);
    return true;
  }

  #show(params: ICellRendererParams & ProgressParams): void {
    const percent: unknown = params.value;
    const isKnown = typeof percent === 'number';
    this.#element.style.visibility = isKnown ? 'visible' : 'hidden';
    if (!isKnown) return;
    this.#track.style.backgroundColor = params.look.line;
    this.#bar.style.backgroundColor = params.look.accent;
    this.#bar.style.width = `${percent}%`;
    this.#text.textContent = params.format(percent);
  }
}
