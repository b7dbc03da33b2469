import * as matchers from '@testing-library/jest-dom/matchers';
import type {} from '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, expect } from 'vitest';
import { aloneDesk, setShownDesk } from '../desks/desk.ts';

// The files of a worker share their imports, and each file has an `expect` of its own.
expect.extend(matchers);

// One second is too short for a grid to be drawn on a busy machine; what is there already is found at once all the same.
configure({ asyncUtilTimeout: 30_000 });

// Without vitest's globals Testing Library does not register its own clean-up.
// Each drawing has styles of its own: those that stay behind would be matched against every element of the tests that follow.
afterEach(() => {
  cleanup();
  for (const style of document.head.querySelectorAll('style[data-emotion]')) style.remove();
});

// What a file before this one left shown or chosen would be found by its tests, whatever the order of the files.
beforeEach(() => {
  setShownDesk(aloneDesk);
  aloneDesk.stores.clear();
});
