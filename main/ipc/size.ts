/** Largest request, counted as below: drafts with tens of thousands of ids fit, a broken window cannot fill the memory. */
export const REQUEST_LIMIT = 32 * 1024 * 1024;

/** Roughly the bytes of a value that came over the bridge; stops counting once `limit` is passed. Never recurses. */
export function sizeOf(value: unknown, limit: number): number {
  const open: unknown[] = [value];
  const seen = new Set<object>();
  let size = 0;
  while (open.length > 0 && size <= limit) {
    const item = open.pop();
    if (typeof item === 'string') size += 2 * item.length;
    else if (typeof item !== 'object' || item === null) size += 8;
    else if (!seen.has(item)) {
      seen.add(item);
      if (ArrayBuffer.isView(item) || item instanceof ArrayBuffer) size += 16 + item.byteLength;
      else if (Array.isArray(item)) {
        size += 16 + 8 * item.length;
        if (size <= limit) for (const part of item) open.push(part);
      } else {
        for (const [key, part] of Object.entries(item)) {
          size += 16 + 2 * key.length;
          open.push(part);
        }
      }
    }
  }
  return size;
}
