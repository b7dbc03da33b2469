import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';
import type { Palette } from '../theme/palette.ts';
import type { Meter } from './columns.ts';

/** What a meter cell shows, computed by the column from the row. */
export interface MeterParams {
  readonly meterOf: (row: unknown) => Meter | null;
  readonly look: Palette;
}

/** A short bar and words beside it. Plain DOM, as the chips. */
export class MeterCell implements ICellRendererComp {
  readonly #element = document.createElement('div');
  readonly #track = document.createElement('div');
  readonly #bar = document.createElement('div');
  readonly #text = document.createElement('span');

  init(params: ICellRendererParams & MeterParams): void {
    Object.assign(this.#element.style, { display: 'flex', alignItems: 'center', gap: '8px', height: '100%' });
    Object.assign(this.#track.style, { flex: '0 0 24px', height: '5px', borderRadius: '3px', overflow: 'hidden' });
    Object.assign(this.#bar.style, { height: '100%', borderRadius: '3px' });
    Object.assign(this.#text.style, { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' });
    this.#track.append(this.#bar);
    this.#element.append(this.#track, this.#text);
    this.#show(params);
  }

  getGui(): HTMLElement {
    return this.#element;
  }

  refresh(params: ICellRendererParams & MeterParams): boolean {
    this.#show(params);
    return true;
  }

  #show(params: ICellRendererParams & MeterParams): void {
    const meter = params.data === undefined ? null : params.meterOf(params.data);
    this.#element.style.visibility = meter === null ? 'hidden' : 'visible';
    if (meter === null) return;
    this.#track.style.backgroundColor = params.look.line;
    this.#bar.style.backgroundColor = params.look.tones[meter.tone].text;
    this.#bar.style.width = `${Math.round(Math.min(1, Math.max(0, meter.share)) * 100)}%`;
    this.#text.textContent = meter.label;
  }
}
