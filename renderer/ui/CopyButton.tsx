import { IconButton, Tooltip } from '@mui/material';
import { Check, Copy } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useBridge } from '../app/console.ts';
import { useToasts } from './toasts.ts';

/** Puts a text on the clipboard: main's where it has one, else the browser's. True when it worked. */
export function useCopy(): (text: string) => Promise<boolean> {
  const bridge = useBridge();
  const { t } = useTranslation();
  const say = useToasts((toasts) => toasts.say);
  return useCallback(
    async (text) => {
      const answer = await bridge.call('app.copy', { text });
      if (answer.ok) return true;
      try {
        await navigator.clipboard.writeText(text);
        return true;
      } catch {
        say({ tone: 'error', text: t('copyFailed') });
        return false;
      }
    },
    [bridge, say, t],
  );
}

/** A small button that copies, and says that it did. */
export function CopyButton({ text, label }: { readonly text: string; readonly label?: string }) {
  const { t } = useTranslation();
  const copy = useCopy();
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), 2_000);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const name = label ?? t('copy');
  return (
    <Tooltip title={isCopied ? t('copied') : name}>
      <IconButton aria-label={name} onClick={() => void copy(text).then(setCopied)}>
        {isCopied ? <Check size={15} aria-hidden /> : <Copy size={15} aria-hidden />}
      </IconButton>
    </Tooltip>
  );
}
