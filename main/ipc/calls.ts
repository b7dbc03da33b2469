import type { Answer, Answers, Parsed } from '../../contract/calls.ts';
import type { ConsoleError } from '../../contract/errors.ts';
import type { CallName } from '../../contract/names.ts';
import type { Result } from '../../domain/result.ts';
import type { JsonText } from '../json-text.ts';

/** Who asks: an id that stays the same for a window, or for a page of browser mode. */
export interface CallContext {
  readonly sender: string;
}

/** What a call gives: its answer, where that is large as the text that it comes as. */
type Given<N extends CallName> = Answer<N> | Result<JsonText<Answers[N]>, ConsoleError>;

/** The answers of the contract, one function a call. They get parsed requests and give expected failures as values. */
export type Calls = {
  readonly [N in CallName]: (request: Parsed<N>, context: CallContext) => Promise<Given<N>> | Given<N>;
};
