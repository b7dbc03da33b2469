/** Why a package name is refused, for which the window has words. */
export type NameProblem = 'empty' | 'prefix-only' | 'bad-start' | 'bad-character' | 'too-long';

const LIMIT = 150;

/** What is wrong with a name, or null. WAPT takes lower-case letters, digits, dot, hyphen and underscore (protocol 5.2). */
export function nameProblem(name: string, prefix: string): NameProblem | null {
  if (name === '') return 'empty';
  if (prefix !== '' && (name === prefix || name === `${prefix}-`)) return 'prefix-only';
  if (!/^[a-z0-9]/.test(name)) return 'bad-start';
  if (!/^[a-z0-9._-]+$/.test(name)) return 'bad-character';
  return name.length > LIMIT ? 'too-long' : null;
}

/** A first name that no package and no draft has: `acme-wsus`, `acme-wsus-2`… */
export function freeName(prefix: string, stem: string, taken: ReadonlySet<string>): string {
  const base = prefix === '' ? stem : `${prefix}-${stem}`;
  if (!taken.has(base)) return base;
  let number = 2;
  while (taken.has(`${base}-${number}`)) number++;
  return `${base}-${number}`;
}

/** The name with the prefix in front, unless it already has it; what one types stays as typed. */
export function withPrefix(name: string, prefix: string): string {
  if (prefix === '' || name === '' || name.startsWith(`${prefix}-`)) return name;
  return `${prefix}-${name}`;
}
