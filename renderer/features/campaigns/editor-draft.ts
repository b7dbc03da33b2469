import type { CampaignPlan, CampaignStep } from '../../../domain/campaign.ts';
import { minutesOf } from '../../../domain/campaign-time.ts';

/** What each host does, by the name of the choice. */
export type Orders = 'scan' | 'download' | 'install' | 'installOnly';

/** A window of hours as one edits it. */
export interface WindowDraft {
  readonly key: number;
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** A campaign as one edits it: numbers are texts until they are read. */
export interface CampaignDraft {
  readonly name: string;
  readonly uuids: readonly string[];
  readonly orders: Orders;
  readonly servicing: boolean;
  readonly wake: boolean;
  readonly start: CampaignPlan['start']['kind'];
  /** As an input of local date and time has it. */
  readonly at: string;
  readonly days: string;
  readonly time: string;
  readonly windows: readonly WindowDraft[];
  readonly ends: string;
  readonly atOnce: string;
  readonly waves: string;
  readonly failures: string;
  readonly percent: string;
  readonly retries: string;
  readonly retryMinutes: string;
}

/** A field that can be wrong; `window-N` is the Nth window. */
export type Field =
  | 'name'
  | 'uuids'
  | 'at'
  | 'days'
  | 'time'
  | 'ends'
  | 'atOnce'
  | 'waves'
  | 'failures'
  | 'percent'
  | 'retries'
  | 'retryMinutes'
  | `window-${number}`;

/** The pages of the editor, with the fields of each. */
export const PAGES = ['hosts', 'what', 'when', 'care', 'review'] as const;

/** One of these pages. */
export type Page = (typeof PAGES)[number];

const ON: Readonly<Record<Exclude<Field, `window-${number}`>, Page>> = {
  name: 'hosts',
  uuids: 'hosts',
  at: 'when',
  days: 'when',
  time: 'when',
  ends: 'when',
  atOnce: 'care',
  waves: 'care',
  failures: 'care',
  percent: 'care',
  retries: 'care',
  retryMinutes: 'care',
};

/** The page on which a field stands. */
export const pageOf = (field: Field): Page => (field in ON ? ON[field as keyof typeof ON] : 'when');

const STEPS: Readonly<Record<Orders, readonly CampaignStep[]>> = {
  scan: ['scan'],
  download: ['scan', 'download'],
  install: ['scan', 'download', 'install'],
  installOnly: ['install'],
};

const pad = (value: number): string => String(value).padStart(2, '0');

/** A moment as an input of local date and time has it. */
export function localInput(moment: number): string {
  const date = new Date(moment);
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** The moment that such an input says; null for none. */
export function fromLocalInput(text: string): number | null {
  const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text) ? new Date(text).getTime() : Number.NaN;
  return Number.isNaN(moment) ? null : moment;
}

/** A campaign that is careful by itself. */
export const newDraft = (uuids: readonly string[], now: number): CampaignDraft => ({
  name: '',
  uuids,
  orders: 'install',
  servicing: false,
  wake: false,
  start: 'now',
  at: localInput(now + 3_600_000),
  days: '7',
  time: '22:00',
  windows: [],
  ends: '7',
  atOnce: '25',
  waves: '',
  failures: '10',
  percent: '20',
  retries: '1',
  retryMinutes: '30',
});

const text = (value: number | null): string => (value === null ? '' : String(value));

/** A plan as one edits it. */
export function draftOf(name: string, uuids: readonly string[], plan: CampaignPlan, now: number): CampaignDraft {
  const steps = plan.steps.filter((step) => step !== 'servicing').join();
  const orders = (Object.keys(STEPS) as Orders[]).find((each) => STEPS[each].join() === steps) ?? 'install';
  const { start } = plan;
  const blank = newDraft(uuids, now);
  return {
    ...blank,
    name,
    orders,
    servicing: plan.steps.includes('servicing'),
    wake: plan.wake,
    start: start.kind,
    at: start.kind === 'at' ? localInput(Date.parse(start.at)) : blank.at,
    days: start.kind === 'patch-tuesday' ? String(start.days) : blank.days,
    time: start.kind === 'patch-tuesday' ? start.time : blank.time,
    windows: plan.windows.map((window, key) => ({ key, ...window })),
    ends: text(plan.days),
    atOnce: String(plan.atOnce),
    waves: plan.waves.join(', '),
    failures: text(plan.stop.failures),
    percent: text(plan.stop.percent),
    retries: String(plan.retries),
    retryMinutes: String(plan.retryMinutes),
  };
}

const whole = (value: string, least: number, most: number): number | null => {
  const number = /^\s*\d{1,6}\s*$/.test(value) ? Number(value) : Number.NaN;
  return number >= least && number <= most ? number : null;
};
const isBlank = (value: string): boolean => value.trim() === '';

function wavesOf(value: string): readonly number[] | null {
  if (isBlank(value)) return [];
  const sizes = value.split(/[,;\s]+/).filter((part) => part !== '');
  const read = sizes.map((size) => whole(size, 1, 20_000));
  return sizes.length <= 10 && read.every((size) => size !== null) ? read : null;
}

/** Reads a draft: its plan, or the fields that are wrong. */
export function readDraft(draft: CampaignDraft): {
  readonly plan: CampaignPlan | null;
  readonly wrong: readonly Field[];
} {
  const wrong: Field[] = [];
  const need = <T>(field: Field, value: T | null): T | null => {
    if (value === null) wrong.push(field);
    return value;
  };
  const maybe = (field: Field, value: string, most: number): number | null =>
    isBlank(value) ? null : need(field, whole(value, 1, most));
  if (isBlank(draft.name)) wrong.push('name');
  if (draft.uuids.length === 0) wrong.push('uuids');
  const at = draft.start === 'at' ? need('at', fromLocalInput(draft.at)) : null;
  const days = draft.start === 'patch-tuesday' ? need('days', whole(draft.days, 0, 27)) : null;
  if (draft.start === 'patch-tuesday' && minutesOf(draft.time) === null) wrong.push('time');
  for (const [i, window] of draft.windows.entries()) {
    const isRead = window.days.length > 0 && minutesOf(window.from) !== null && minutesOf(window.to) !== null;
    if (!isRead) wrong.push(`window-${i}`);
  }
  const read = {
    ends: maybe('ends', draft.ends, 366),
    atOnce: need('atOnce', whole(draft.atOnce, 1, 1_000)),
    waves: need('waves', wavesOf(draft.waves)),
    failures: maybe('failures', draft.failures, 20_000),
    percent: maybe('percent', draft.percent, 100),
    retries: need('retries', whole(draft.retries, 0, 10)),
    retryMinutes: need('retryMinutes', whole(draft.retryMinutes, 0, 1_440)),
  };
  if (wrong.some((field) => field !== 'name' && field !== 'uuids')) return { plan: null, wrong };
  const steps = STEPS[draft.orders].flatMap((step): readonly CampaignStep[] =>
    step === 'install' && draft.servicing ? ['servicing', 'install'] : [step],
  );
  const plan: CampaignPlan = {
    steps,
    atOnce: read.atOnce ?? 1,
    waves: read.waves ?? [],
    start:
      draft.start === 'at'
        ? { kind: 'at', at: new Date(at ?? 0).toISOString() }
        : draft.start === 'patch-tuesday'
          ? { kind: 'patch-tuesday', days: days ?? 0, time: draft.time }
          : { kind: 'now' },
    windows: draft.windows.map(({ days: on, from, to }) => ({ days: on, from, to })),
    days: read.ends,
    wake: draft.wake,
    stop: { failures: read.failures, percent: read.percent },
    retries: read.retries ?? 0,
    retryMinutes: read.retryMinutes ?? 0,
  };
  return { plan, wrong };
}
