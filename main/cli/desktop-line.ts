/** What the shipped scripts and the start of an AppImage put before `--cli`: it opens nothing and is none of the command's. */
const OWN: ReadonlySet<string> = new Set(['--ozone-platform=headless', '--disable-gpu', '--no-sandbox']);

/**
 * The command line inside that of the desktop, `[flags] --cli [--] command…`; null where a window is meant. Behind `--`
 * Chromium takes no word for a flag of its own. Other words before `--cli`, such as `--remote-debugging-port`, are left to the
 * command line, which refuses what it does not know.
 */
export function commandArguments(words: readonly string[]): readonly string[] | null {
  const at = words.indexOf('--cli');
  if (at < 0) return null;
  const before = words.slice(0, at).filter((word) => !OWN.has(word));
  const after = words.slice(at + 1);
  return [...before, ...(after[0] === '--' ? after.slice(1) : after)];
}
