import type { LucideIcon } from 'lucide-react';
import { useEffect, useId } from 'react';
import { useDesk } from '../desks/desk.ts';
import { deskStore } from '../desks/desk-store.ts';

/** Something one can do from the palette, and by its keys. */
export interface Command {
  /** `subject.verb`, unique. */
  readonly id: string;
  readonly label: string;
  /** Under which heading the palette and the help show it. */
  readonly group: string;
  /** `F5`, `/`, `Ctrl+Shift+S`. Keys without Ctrl or Alt do nothing while one types. */
  readonly keys?: string;
  readonly icon?: LucideIcon;
  readonly isDisabled?: boolean;
  /** Why it is disabled. */
  readonly reason?: string;
  readonly run: () => void;
}

/** Whose commands they are: of the frame, on every screen; of whatever list is shown; or of the screen. The later, the nearer to what one does. */
const PLACES = ['frame', 'list', 'screen'] as const;
type Place = (typeof PLACES)[number];

interface Registered {
  readonly sources: ReadonlyMap<string, { readonly place: Place; readonly commands: readonly Command[] }>;
}

const useRegistry = deskStore<Registered>(() => ({ sources: new Map() }));

/** Every command that the shown components offer, those of the frame first, or those of the screen. */
export function useAllCommands(first: 'frame' | 'screen' = 'frame'): readonly Command[] {
  const sources = [...useRegistry((registry) => registry.sources).values()];
  return (first === 'frame' ? PLACES : PLACES.toReversed()).flatMap((wanted) =>
    sources.flatMap(({ place, commands }) => (place === wanted ? commands : [])),
  );
}

/** Offers commands while the component is shown. The list should be memoised. */
export function useCommands(commands: readonly Command[], place: Place = 'screen'): void {
  const source = useId();
  const registry = useRegistry.useApi();
  useEffect(() => {
    registry.setState(({ sources }) => ({ sources: new Map(sources).set(source, { place, commands }) }));
  }, [registry, source, place, commands]);
  useEffect(
    () => () => {
      registry.setState(({ sources }) => {
        const rest = new Map(sources);
        rest.delete(source);
        return { sources: rest };
      });
    },
    [registry, source],
  );
}

/** The keys of an event, spelt as commands spell theirs. */
export function keysOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> & { readonly code?: string },
): string {
  const isOrder = (event.ctrlKey || event.metaKey) !== event.altKey;
  // On keyboards whose digits need Shift, the key of the digit counts; Ctrl and Alt together type a sign there.
  const digit = isOrder ? /^Digit(\d)$/.exec(event.code ?? '')?.[1] : undefined;
  if (digit !== undefined && !event.shiftKey) return `${event.altKey ? 'Alt' : 'Ctrl'}+${digit}`;
  const isSign = event.key.length === 1 && !/[a-z0-9 ]/i.test(event.key);
  const name = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  return [
    event.ctrlKey || event.metaKey ? 'Ctrl' : '',
    event.altKey ? 'Alt' : '',
    // On a keyboard where a sign needs Shift, Shift is part of the sign.
    event.shiftKey && !isSign ? 'Shift' : '',
    name,
  ]
    .filter((part) => part !== '')
    .join('+');
}

/** Whether the element takes what one types. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true;
  return (
    target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type)
  );
}

const MODAL = '[role="dialog"][aria-modal="true"], [role="menu"]';

/** Runs commands by their keys, wherever the focus is; a dialog keeps the keys for itself, and a desk that is hidden hears none. */
export function useCommandKeys(commands: readonly Command[]): void {
  const desk = useDesk();
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      if (!desk.isShown() || event.defaultPrevented || event.isComposing) return;
      const keys = keysOf(event);
      const hasModifier = event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key);
      if (!hasModifier && isTyping(event.target)) return;
      // What is modal holds the focus, and the keys with it.
      if (event.target instanceof Element && event.target.closest(MODAL) !== null) return;
      const command = commands.findLast((candidate) => candidate.keys === keys);
      if (command === undefined) return;
      event.preventDefault();
      if (command.isDisabled !== true) command.run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [desk, commands]);
}
