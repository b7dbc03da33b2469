import { createHash } from 'node:crypto';
import { type ControlFields, controlText } from './control.ts';
import { FormatError } from './errors.ts';

const SAFE_NAME = /^[0-9A-Za-z\-_~.]+$/;

/**
 * The file name of a package (protocol 5.4); with `md5`, the name under which the server keeps it.
 * Throws `FormatError` `bad-control` when the name is empty or a part would leave the folder.
 */
export const packageFilename = (control: ControlFields, md5?: string): string => {
  const name = controlText(control, 'package');
  if (name === '') throw new FormatError('bad-control', 'the package has no name');
  const base = SAFE_NAME.test(name) ? name : createHash('md5').update(name, 'utf8').digest('hex');
  if (controlText(control, 'section') === 'host') return `${base}.wapt`;
  const keepsAll = name.endsWith('-waptupgrade');
  const optional = [
    controlText(control, 'architecture'),
    controlText(control, 'maturity'),
    controlText(control, 'locale').replaceAll(',', '-'),
    md5 ?? '',
  ].filter((part) => part !== '' && (keepsAll || part !== 'all'));
  const parts = [base, controlText(control, 'version'), ...optional];
  // A part comes from a file that anybody may have written: no separator, no control character.
  if (parts.some((part) => /[/\\:\0-\x1f\x7f]/.test(part))) {
    throw new FormatError('bad-control', 'an attribute of the file name holds a separator');
  }
  return `${parts.join('_')}.wapt`;
};
