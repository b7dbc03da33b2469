/** About how many characters make a piece: enough that pieces cost nothing, few enough that one more of them is no memory to speak of. */
const PIECE = 256 * 1024;

/**
 * A large answer as the text of its JSON, in pieces of UTF-8: made once where the data lies, and passed on to a window without being read.
 * Only this program makes one, so that nothing which came from outside can be taken for it.
 */
export class JsonText<T> {
  /** Each in memory of its own, to be handed to another thread whole. */
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];

  constructor(pieces: readonly Uint8Array<ArrayBuffer>[]) {
    this.pieces = pieces;
  }

  /** How many bytes the text has. */
  get bytes(): number {
    return this.pieces.reduce((sum, piece) => sum + piece.length, 0);
  }

  /** The value itself, for who works with it. */
  parse(): T {
    return JSON.parse(Buffer.concat(this.pieces).toString('utf8')) as T;
  }

  /**
   * Gives its memory back, for who was the last to need it: a collection sees none of it and comes late. Never while a piece is still
   * being written somewhere.
   */
  free(): void {
    for (const { buffer } of this.pieces) if (!buffer.detached) buffer.transfer(0);
  }
}

/** The text that these parts make one after another. No part may end inside a character. */
export function jsonText<T>(parts: Iterable<string>): JsonText<T> {
  const encoder = new TextEncoder();
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let text = '';
  for (const part of parts) {
    text += part;
    if (text.length < PIECE) continue;
    pieces.push(encoder.encode(text));
    text = '';
  }
  if (text !== '') pieces.push(encoder.encode(text));
  return new JsonText(pieces);
}

/** The text of a list whose elements are JSON already, one after another, with what stands before and after it. */
export function jsonList<T>(elements: Iterable<string>, before = '', after = ''): JsonText<T> {
  return jsonText(listParts(elements, before, after));
}

function* listParts(elements: Iterable<string>, before: string, after: string): Generator<string> {
  yield `${before}[`;
  let separator = '';
  for (const element of elements) {
    yield separator + element;
    separator = ',';
  }
  yield `]${after}`;
}
