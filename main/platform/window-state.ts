import { z } from 'zod';
import { readJson, writePrivate } from './private-file.ts';

const stateSchema = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  isMaximized: z.boolean(),
});

/** Where the window was, in points. */
export type WindowState = z.infer<typeof stateSchema>;

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const GRIP = 80;

/** Whether enough of the window's upper edge lies on a display that one can take hold of it. */
const isReachable = (state: WindowState, displays: readonly Area[]): boolean =>
  displays.some(
    (area) =>
      state.y >= area.y - 1 &&
      state.y + GRIP <= area.y + area.height &&
      state.x + state.width - GRIP >= area.x &&
      state.x + GRIP <= area.x + area.width,
  );

/** What was kept; null when nothing usable was, or when the display it was on is gone. */
export async function readWindowState(file: string, displays: readonly Area[]): Promise<WindowState | null> {
  const parsed = stateSchema.safeParse(await readJson(file));
  return parsed.success && isReachable(parsed.data, displays) ? parsed.data : null;
}

/** Keeps it; a disk that refuses costs the place of the window and nothing else. */
export async function writeWindowState(file: string, state: WindowState): Promise<void> {
  await writePrivate(file, JSON.stringify(state)).catch(() => undefined);
}
