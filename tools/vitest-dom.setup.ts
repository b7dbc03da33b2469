import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

// One second is too short for a grid to be drawn on a busy machine; what is there already is found at once all the same.
configure({ asyncUtilTimeout: 10_000 });

// Without vitest's globals Testing Library does not register its own clean-up.
afterEach(cleanup);
