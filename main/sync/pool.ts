/** Works through `items` with at most `limit` at a time; ends early, without starting more, when `work` answers false. */
export async function pool<T>(items: readonly T[], limit: number, work: (item: T) => Promise<boolean>): Promise<void> {
  const left = items.values();
  let goesOn = true;
  const run = async (): Promise<void> => {
    for (const item of left) {
      if (!goesOn) return;
      if (!(await work(item))) goesOn = false;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, run));
}
