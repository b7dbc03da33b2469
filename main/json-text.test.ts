import { describe, expect, it } from 'vitest';
import { JsonText, jsonList, jsonText } from './json-text.ts';

const textOf = (text: JsonText<unknown>): string => Buffer.concat(text.pieces).toString('utf8');

describe('an answer as the text of its JSON', () => {
  it('is the list of what it is given, with what stands around it', () => {
    expect(textOf(jsonList([]))).toBe('[]');
    expect(textOf(jsonList(['1', '{"a":2}']))).toBe('[1,{"a":2}]');
    expect(jsonList(['1'], '{"n":1,"rows":', '}').parse()).toEqual({ n: 1, rows: [1] });
  });

  it('comes whole out of many pieces, letters of every script at their edges', () => {
    const titles = Array.from({ length: 3_000 }, (_, n) => `${'é'.repeat(n % 7)}更新 🖥 ${n}${'x'.repeat(n)}`);
    const text = jsonList<readonly string[]>(titles.map((title) => JSON.stringify(title)));
    expect(text.pieces.length).toBeGreaterThan(5);
    expect(text.parse()).toEqual(titles);
    expect(text.bytes).toBe(Buffer.byteLength(JSON.stringify(titles)));
  });

  it('has memory of its own in every piece, which can be handed over', () => {
    const text = jsonText<readonly string[]>(['["', 'a'.repeat(600_000), '","', 'b'.repeat(600_000), '"]']);
    const before = text.parse();
    expect(new Set(text.pieces.map((piece) => piece.buffer)).size).toBe(text.pieces.length);
    expect(text.pieces.every((piece) => piece.byteLength === piece.buffer.byteLength)).toBe(true);
    const pieces = structuredClone(text.pieces, { transfer: text.pieces.map((piece) => piece.buffer) });
    expect(text.bytes).toBe(0);
    expect(new JsonText(pieces).parse()).toEqual(before);
  });

  it('gives its memory back when it is told to', () => {
    const text = jsonText(['[', '1]']);
    text.free();
    expect(text.bytes).toBe(0);
    text.free();
  });
});
