import { Box, Button, Stack, Typography } from '@mui/material';
import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useMemo, useState } from 'react';
import type { Warning } from '../../../../domain/warnings.ts';
import { catchRevision, dropAll, together, type WarningOf } from './fixes.ts';
import { WarningLine } from './WarningLine.tsx';
import type { WarnedDraft } from './WarningList.tsx';
import type { WarningGroup } from './warning-groups.ts';
import { useForecastWords } from './words.ts';

/** Entries that are shown before one asks for more. */
const FIRST = 4;
const MORE = 30;

const ofKind =
  <K extends Warning['kind']>(kind: K) =>
  (warning: Warning): warning is WarningOf<K> =>
    warning.kind === kind;

/** The warnings of one kind: what it means once, then what it is about. */
export function WarningBlock({
  group,
  draft,
  level,
}: {
  readonly group: WarningGroup;
  readonly draft: WarnedDraft;
  /** Of the headings of the page it stands on. */
  readonly level: 'h2' | 'h4';
}) {
  const t = useForecastWords();
  const [shown, setShown] = useState(FIRST);
  const titles = useTitles(draft);
  const { kind, warnings, count } = group;
  const visible = warnings.slice(0, shown);
  const rest = warnings.length - visible.length;
  const beyond = count - warnings.length;
  const isMany = kind !== 'signer-untrusted' && kind !== 'maturity-not-taken' && kind !== 'categories-are-or';
  return (
    <Box component="section" sx={{ px: 2, py: 1.25, borderBottom: 1, borderColor: 'divider' }}>
      <Stack direction="row" sx={{ gap: 1, alignItems: 'flex-start' }}>
        <Box component="span" sx={{ color: 'warning.main', pt: '2px', display: 'inline-flex' }}>
          <TriangleAlert size={16} aria-hidden />
        </Box>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Typography variant="h3" component={level}>
            <Title warning={warnings[0]} kind={kind} />
            {isMany && count > 1 ? (
              <Typography component="span" variant="body2" color="textSecondary">
                {' '}
                ({count})
              </Typography>
            ) : null}
          </Typography>
          <Typography variant="caption" component="p" color="textSecondary" sx={{ mb: 0.75 }}>
            {t(`warning.${kind}.text`)}
          </Typography>
          <FixAll warnings={warnings} draft={draft} />
          <Stack component="ul" sx={{ gap: 0.75, m: 0, p: 0, listStyle: 'none' }}>
            {visible.map((warning) => (
              <Box component="li" key={JSON.stringify(warning)}>
                <WarningLine warning={warning} draft={draft} titleOf={(entry) => titles.get(entry.toLowerCase())} />
              </Box>
            ))}
          </Stack>
          {rest > 0 ? (
            <Button sx={{ mt: 0.5, px: 0.75, minHeight: 26 }} onClick={() => setShown(shown + MORE)}>
              {t('warning.more', { count: Math.min(MORE, rest) })}
            </Button>
          ) : null}
          {rest === 0 && beyond > 0 ? (
            <Typography variant="caption" component="p" color="textSecondary" sx={{ mt: 0.5 }}>
              {t('warning.beyond', { count: beyond })}
            </Typography>
          ) : null}
        </Box>
      </Stack>
    </Box>
  );
}

function Title({
  warning,
  kind,
}: {
  readonly warning: Warning | undefined;
  readonly kind: Warning['kind'];
}): ReactNode {
  const t = useForecastWords();
  if (kind === 'signer-untrusted' || kind === 'maturity-not-taken') {
    if (warning?.kind === 'signer-untrusted') return t('warning.signer-untrusted.title', { count: warning.hosts });
    if (warning?.kind === 'maturity-not-taken')
      return t('warning.maturity-not-taken.title', { count: warning.hosts, maturity: warning.maturity });
    return null;
  }
  return t(`warning.${kind}.title`);
}

/** The same fix for every entry that is listed. */
function FixAll({ warnings, draft }: { readonly warnings: readonly Warning[]; readonly draft: WarnedDraft }) {
  const t = useForecastWords();
  const { onChange, updates } = draft;
  if (onChange === null || warnings.length < 2) return null;
  const nothing = warnings.filter(ofKind('matches-nothing'));
  const revised = warnings.filter(ofKind('newer-revision'));
  const button = (label: string, onClick: () => void): ReactNode => (
    <Button variant="outlined" sx={{ mb: 1 }} onClick={onClick}>
      {label}
    </Button>
  );
  if (nothing.length > 1)
    return button(t('warning.matches-nothing.fixAll', { count: nothing.length }), () => onChange(dropAll(nothing)));
  if (revised.length > 1)
    return button(t('warning.newer-revision.fixAll', { count: revised.length }), () =>
      onChange(together(revised.map((one) => catchRevision(one, updates)))),
    );
  return null;
}

/** Titles by entry: ids as they are, KBs with prefix, all in lower case. */
function useTitles({ updates }: WarnedDraft): ReadonlyMap<string, string> {
  return useMemo(() => {
    const titles = new Map<string, string>();
    for (const { updateId, kbids, title } of updates) {
      titles.set(updateId.toLowerCase(), title);
      for (const kb of kbids) if (!titles.has(`kb${kb}`)) titles.set(`kb${kb}`, title);
    }
    return titles;
  }, [updates]);
}
