/** The French words that the first screen needs; a window in English never loads them. */
import { fr as session } from '../features/session/words/fr.ts';
import { fr as signer } from '../features/signer/words/fr.ts';
import { fr as errors } from './words/errors-fr.ts';
import { fr as common } from './words/fr.ts';

export const french = { common, errors, session, signer } as const;
