import { Route, Routes } from 'react-router';
import { DraftScreen } from './DraftScreen.tsx';
import { PackageList } from './PackageList.tsx';
import { PackageView } from './PackageView.tsx';

/** The screen of rule packages: the list, one package to read, one draft to edit. */
export function PackagesScreen() {
  return (
    <Routes>
      <Route index element={<PackageList />} />
      <Route path="view/:filename" element={<PackageView />} />
      <Route path="edit/:draftId" element={<DraftScreen />} />
    </Routes>
  );
}
