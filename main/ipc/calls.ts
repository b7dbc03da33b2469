import type { Answer, Parsed } from '../../contract/calls.ts';
import type { CallName } from '../../contract/names.ts';

/** Who asks: an id that stays the same for a window, or for a page of browser mode. */
export interface CallContext {
  readonly sender: string;
}

/** The answers of the contract, one function a call. They get parsed requests and give expected failures as values. */
export type Calls = {
  readonly [N in CallName]: (request: Parsed<N>, context: CallContext) => Promise<Answer<N>> | Answer<N>;
};
