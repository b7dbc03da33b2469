import type { ConsoleError, ErrorCode } from '../../contract/errors.ts';
import type { Host, HostPackage } from '../../domain/host.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { HostUpdate, Update } from '../../domain/update.ts';
import { host, row, update } from '../store/testing.ts';
import type { SyncSource } from './source.ts';

/** A fleet in memory that answers as a server does, counts what it is asked, and fails on demand. */
export class Fleet implements SyncSource {
  listsUpdates = true;
  isCutOff = false;
  readonly fleet = new Map<string, { host: Host; rows: HostUpdate[] }>();
  readonly catalogue: Update[] = [];
  readonly installed: HostPackage[] = [];
  /** Questions in the order they came: `hosts`, `updates 0`, `rows a`, `packages`. */
  readonly asked: string[] = [];
  /** Failure by question, as in `asked`, or by its first word. */
  readonly failures = new Map<string, ErrorCode>();
  /** Called before each answer. */
  before: (question: string) => Promise<void> | void = () => {};
  running = 0;
  mostRunning = 0;

  add(uuid: string, updates: readonly number[], more: Partial<Host> = {}): void {
    this.fleet.set(uuid, { host: host(uuid, more), rows: updates.map((n) => row(uuid, n)) });
  }

  /** The host scanned again: other rows, another date. */
  scan(uuid: string, updates: readonly number[], at: string): void {
    this.add(uuid, updates, { updatedOn: at });
  }

  hosts(): ReturnType<SyncSource['hosts']> {
    return this.#answer('hosts', () => ({
      hosts: [...this.fleet.values()].map((each) => each.host),
      isCutOff: this.isCutOff,
    }));
  }

  host(uuid: string): ReturnType<SyncSource['host']> {
    return this.#answer(`host ${uuid}`, () => this.fleet.get(uuid)?.host ?? null);
  }

  updates({ offset, limit }: { offset: number; limit: number }): ReturnType<SyncSource['updates']> {
    return this.#answer(`updates ${offset}`, () => ({
      updates: this.catalogue.slice(offset, offset + limit),
      isLast: offset + limit >= this.catalogue.length,
    }));
  }

  hostUpdates(uuid: string): ReturnType<SyncSource['hostUpdates']> {
    return this.#answer(`rows ${uuid}`, () => {
      const rows = this.fleet.get(uuid)?.rows ?? [];
      return { rows, updates: rows.map(({ updateId }) => update(Number.parseInt(updateId.slice(0, 8), 16))) };
    });
  }

  hostPackages(): ReturnType<SyncSource['hostPackages']> {
    return this.#answer('packages', () => ({ packages: this.installed, isCutOff: false }));
  }

  async #answer<T>(question: string, make: () => T): Promise<Result<T, ConsoleError>> {
    this.asked.push(question);
    this.running++;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    await this.before(question);
    await new Promise((resolve) => setImmediate(resolve));
    this.running--;
    const code = this.failures.get(question) ?? this.failures.get(question.split(' ')[0] ?? '');
    return code === undefined ? ok(make()) : fail({ code });
  }
}
