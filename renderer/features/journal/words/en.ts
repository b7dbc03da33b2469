/** Words of the journal. */
export const en = {
  title: 'Journal',
  grid: 'What was done from this console',
  search: 'Search the journal',
  at: 'When',
  user: 'Who',
  kind: 'What',
  facts: 'About',
  reason: 'Reason',
  hash: 'Chain',
  id: 'No.',
  empty: 'Nothing was done yet',
  emptyText: 'Publications, deletions, downloads and orders to hosts are written here, and never rewritten.',
  details: 'Entry {{id}}',
  close: 'Close',
};
