import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DownloadTask } from '../../../contract/schemas/downloads.ts';
import { downloadPercent } from '../../app/downloads.ts';
import type { CellValue, GridColumn } from '../../grid/columns.ts';
import { fileOf, type TaskState, taskState, taskTones } from './task-state.ts';
import type { en } from './words/en.ts';

const order: readonly TaskState[] = ['running', 'waiting', 'failed', 'finished', 'skipped'];

/** The columns of protocol 8.7, and how far each download is. */
export function useTaskColumns(): readonly GridColumn<DownloadTask>[] {
  const { t } = useTranslation('downloads');
  return useMemo(() => {
    const column = (
      key: keyof typeof en.column,
      value: (task: DownloadTask) => CellValue,
      options: Partial<GridColumn<DownloadTask>> = {},
    ): GridColumn<DownloadTask> => ({ key, header: t(`column.${key}`), value, ...options });
    // `wsusscn2` and `update` are the server's own names (protocol 4.4); another one is shown as it is.
    const kindOf = ({ kind }: DownloadTask): string | null =>
      kind === 'wsusscn2' ? t('kind.index') : kind === 'update' ? t('kind.update') : kind;
    return [
      column('state', taskState, {
        kind: 'chip',
        width: 106,
        sortBy: (task) => order.indexOf(taskState(task)),
        chip: (task) => ({ label: t(`state.${taskState(task)}`), tone: taskTones[taskState(task)] }),
        tooltip: (task) => task.status,
      }),
      column('file', fileOf, { width: 260, flex: 1, tooltip: (task) => task.url }),
      column('progress', (task) => (taskState(task) === 'running' ? downloadPercent(task) : null), {
        kind: 'progress',
        width: 150,
      }),
      column('kind', kindOf, { width: 108, tooltip: (task) => task.kind }),
      column('fileSize', (task) => task.fileSize, { kind: 'size', width: 100 }),
      column('targetSize', (task) => task.targetSize, { kind: 'size', width: 100 }),
      column('startedOn', (task) => task.startedOn, { kind: 'datetime', width: 140, sort: 'desc' }),
      column('finishedOn', (task) => task.finishedOn, { kind: 'datetime', width: 140 }),
      column('error', (task) => task.error, { width: 240 }),
      column('message', (task) => task.message, { width: 180 }),
      column('id', (task) => (typeof task.id === 'number' ? task.id : String(task.id)), { width: 70, hidden: true }),
      column('taskId', (task) => task.taskId, { width: 220, hidden: true }),
      column('status', (task) => task.status, { width: 100, hidden: true }),
      column('url', (task) => task.url, { width: 320, hidden: true }),
      column('localFilename', (task) => task.localFilename, { width: 260, hidden: true }),
      column('fileDate', (task) => task.fileDate, { kind: 'datetime', width: 140, hidden: true }),
      column('skipped', (task) => task.skipped, { kind: 'boolean', width: 80, hidden: true }),
      column('forced', (task) => task.forced, { kind: 'boolean', width: 80, hidden: true }),
    ];
  }, [t]);
}
