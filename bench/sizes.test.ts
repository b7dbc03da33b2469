import { describe, expect, it } from 'vitest';
import { median } from './report.ts';
import { loadedWith } from './sizes.ts';

describe('what a screen loads', () => {
  const manifest = {
    'index.html': {
      file: 'index.js',
      isEntry: true,
      imports: ['_shared'],
      dynamicImports: ['a.tsx', 'b.tsx'],
      css: ['index.css'],
    },
    _shared: { file: 'shared.js', imports: ['index.html'] },
    'a.tsx': { file: 'a.js', imports: ['_shared'], css: ['a.css'] },
    'b.tsx': { file: 'b.js' },
  };

  it('is what it imports statically, with its styles, and no lazy screen', () => {
    expect([...loadedWith(manifest, ['index.html'])].toSorted()).toEqual(['index.css', 'index.js', 'shared.js']);
  });

  it('counts what two sources share once', () => {
    expect([...loadedWith(manifest, ['index.html', 'a.tsx'])].toSorted()).toEqual([
      'a.css',
      'a.js',
      'index.css',
      'index.js',
      'shared.js',
    ]);
  });
});

describe('the median', () => {
  it('is the middle figure, or between the two', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3]), median([])]).toEqual([2, 2.5, Number.NaN]);
  });
});
