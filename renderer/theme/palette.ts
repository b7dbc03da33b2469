/** What carries a meaning by colour on screen; always beside a word or an icon. */
export type Tone = 'ok' | 'warning' | 'error' | 'info' | 'neutral';

/** The three appearances of the window. */
export type Appearance = 'light' | 'dark' | 'contrast';

/** A colour for text and lines, and a quiet ground for it. */
export interface ToneColours {
  readonly text: string;
  readonly ground: string;
  readonly line: string;
}

/** Every colour of one appearance; nothing else in the window names a colour. */
export interface Palette {
  readonly mode: 'light' | 'dark';
  /** Behind everything. */
  readonly ground: string;
  /** Panels, grid, dialogs. */
  readonly surface: string;
  /** Headers of grids and panels. */
  readonly raised: string;
  readonly line: string;
  readonly strongLine: string;
  readonly text: string;
  readonly quietText: string;
  readonly accent: string;
  readonly onAccent: string;
  readonly accentGround: string;
  readonly hover: string;
  readonly rail: {
    readonly ground: string;
    readonly text: string;
    readonly activeGround: string;
    readonly activeText: string;
  };
  readonly tones: Readonly<Record<Tone, ToneColours>>;
}

const light: Palette = {
  mode: 'light',
  ground: '#f3f5f6',
  surface: '#ffffff',
  raised: '#f8f9fa',
  line: '#dde2e6',
  strongLine: '#84909a',
  text: '#17212a',
  quietText: '#53616d',
  accent: '#0b6470',
  onAccent: '#ffffff',
  accentGround: '#e0f0f1',
  hover: '#eef3f4',
  rail: { ground: '#14242c', text: '#b4c4cc', activeGround: '#24414b', activeText: '#ffffff' },
  tones: {
    ok: { text: '#1a6b45', ground: '#e3f3ea', line: '#a9d5bc' },
    warning: { text: '#85500a', ground: '#fcf1dc', line: '#e7c98f' },
    error: { text: '#ac2420', ground: '#fce9e7', line: '#ecb3ae' },
    info: { text: '#1f56a3', ground: '#e6effb', line: '#b1cbee' },
    neutral: { text: '#4b5863', ground: '#edf0f2', line: '#cfd6db' },
  },
};

const dark: Palette = {
  mode: 'dark',
  ground: '#10161a',
  surface: '#182025',
  raised: '#1d272d',
  line: '#2c3840',
  strongLine: '#75838d',
  text: '#e4eaee',
  quietText: '#a3b1ba',
  accent: '#5fc3cb',
  onAccent: '#06262a',
  accentGround: '#173a3f',
  hover: '#212c33',
  rail: { ground: '#0b1114', text: '#9fb0b9', activeGround: '#1b333a', activeText: '#ffffff' },
  tones: {
    ok: { text: '#7fd1a3', ground: '#15322a', line: '#2b5a49' },
    warning: { text: '#eebe6b', ground: '#352a15', line: '#63501f' },
    error: { text: '#f59b94', ground: '#3a1f1f', line: '#6d3836' },
    info: { text: '#93bff5', ground: '#1a2b42', line: '#344f74' },
    neutral: { text: '#b6c2ca', ground: '#253037', line: '#3c4952' },
  },
};

const contrast: Palette = {
  mode: 'dark',
  ground: '#000000',
  surface: '#000000',
  raised: '#0a0a0a',
  line: '#ffffff',
  strongLine: '#ffffff',
  text: '#ffffff',
  quietText: '#ffffff',
  accent: '#ffd54a',
  onAccent: '#000000',
  accentGround: '#332b00',
  hover: '#2b2b2b',
  rail: { ground: '#000000', text: '#ffffff', activeGround: '#ffd54a', activeText: '#000000' },
  tones: {
    ok: { text: '#6dff9f', ground: '#000000', line: '#6dff9f' },
    warning: { text: '#ffc94d', ground: '#000000', line: '#ffc94d' },
    error: { text: '#ff9d95', ground: '#000000', line: '#ff9d95' },
    info: { text: '#8fd0ff', ground: '#000000', line: '#8fd0ff' },
    neutral: { text: '#ffffff', ground: '#000000', line: '#ffffff' },
  },
};

/** The palette of each appearance. */
export const palettes: Readonly<Record<Appearance, Palette>> = { light, dark, contrast };
