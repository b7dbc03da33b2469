import { join, resolve } from 'node:path';

/** The top folder of the project. */
export const root = resolve(import.meta.dirname, '..');

/** What is built and ships. */
export const out = join(root, 'out');

/** What tools remember between runs; may be deleted at any time. */
export const cache = join(root, '.cache');

/** A path inside the project, from its parts. */
export const inRoot = (...parts: readonly string[]): string => join(root, ...parts);
