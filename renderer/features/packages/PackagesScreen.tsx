import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Route, Routes } from 'react-router';
import { addWords } from '../../i18n/i18n.ts';
import { en as hostsEn } from '../hosts/words/en.ts';
import { fr as hostsFr } from '../hosts/words/fr.ts';
import { en as updatesEn } from '../updates/words/en.ts';
import { fr as updatesFr } from '../updates/words/fr.ts';
import { assignmentWords } from './assignment/words.ts';
import { DraftScreen } from './DraftScreen.tsx';
import { HistoryScreen } from './history/HistoryScreen.tsx';
import { historyWords } from './history/words.ts';
import { PackageList } from './PackageList.tsx';
import { PackageView } from './PackageView.tsx';

/** The screen of rule packages: the list, one package to read, one draft to edit. */
export function PackagesScreen() {
  const { i18n } = useTranslation();
  // The order of a refresh and the filters of the editor are those of the other screens, and so are their words.
  useState(() => {
    addWords(i18n, 'hosts', { en: hostsEn, fr: hostsFr });
    addWords(i18n, 'updates', { en: updatesEn, fr: updatesFr });
    addWords(i18n, 'assignment', assignmentWords);
    addWords(i18n, 'history', historyWords);
  });
  return (
    <Routes>
      <Route index element={<PackageList />} />
      <Route path="view/:filename" element={<PackageView />} />
      <Route path="history/:package" element={<HistoryScreen />} />
      <Route path="edit/:draftId" element={<DraftScreen />} />
    </Routes>
  );
}
