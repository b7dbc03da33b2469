import { verifyAction } from '../../wapt/index.ts';
import { second } from '../clock.ts';
import { fileNameOf } from '../server/downloads.ts';
import { textOf } from '../text.ts';
import { type Memory, openMemory, pushPackages, type World } from './memory.ts';
import { installOutcome, installRecords, pendingPackages, upgradePackages, wantedPackages } from './package-tasks.ts';
import type { HostProfile } from './profile.ts';
import { filesFor } from './repositories.ts';
import { makeSchedule, type Schedule } from './schedule.ts';
import { type TaskLists, TaskQueue, type TaskRequest } from './task-queue.ts';
import { downloadTask, hasPending, installTask, passingPhases, scanTask, windowsTaskClasses } from './windows-tasks.ts';

/** Why a host did not obey an action: only its own log would say so (protocol 3.6). */
export type Refusal = { readonly uuid: string; readonly action: string; readonly code: string };

type Action = Readonly<Record<string, unknown>>;

const stringsOf = (value: unknown): string[] | null => (Array.isArray(value) ? value.map(String) : null);

/** One simulated host: it verifies what it is told, runs its tasks, and keeps its own schedule. */
export class Agent {
  readonly profile: HostProfile;
  readonly #world: World;
  readonly #memory: Memory;
  readonly #queue: TaskQueue;
  readonly #trusted: readonly string[];
  readonly #schedule: Schedule | null;
  readonly #refusedFiles = new Set<string>();
  readonly #onRefusal: (refusal: Refusal) => void;
  #seenGeneration = -1;
  #seenFiles = -1;

  constructor(
    world: World,
    profile: HostProfile,
    trusted: readonly string[],
    schedules: boolean,
    onRefusal: (refusal: Refusal) => void,
  ) {
    this.profile = profile;
    this.#world = world;
    this.#memory = openMemory(world, profile);
    this.#queue = new TaskQueue(world.clock);
    this.#trusted = trusted;
    this.#onRefusal = onRefusal;
    this.#schedule = schedules ? makeSchedule(world.clock, profile) : null;
  }

  /** Takes up what an earlier run of the lab left half done. */
  wake(): void {
    const status = this.#world.store.hosts.get(this.profile.uuid)?.['waptwua_status'] as {
      readonly status?: string;
    } | null;
    if (passingPhases.has(status?.status ?? '')) this.#memory.push();
  }

  /** Ends its tasks. */
  async stop(): Promise<void> {
    await this.#queue.close();
  }

  /** The task list; null from an agent that has none. */
  async tasks(lastEvent: number, timeout: number): Promise<TaskLists | { readonly last_event_id: number } | null> {
    return this.profile.behaviour === 'old-agent' ? null : this.#queue.status(lastEvent, timeout);
  }

  /** Receives an action as the server relayed it: checks it in the agent's order, then obeys or drops it without a word. */
  receive(action: unknown): void {
    const name = textOf((action as Action | null)?.['action']);
    const refuse = (code: string): void => this.#onRefusal({ uuid: this.profile.uuid, action: name, code });
    if (this.profile.behaviour === 'old-agent') return refuse('old-agent');
    const verified = verifyAction(action, { trusted: this.#trusted, now: new Date(this.#memory.now()) });
    if (!verified.ok) return refuse(verified.error.code);
    const { attributes, signer } = verified.value;
    if (attributes['uuid'] !== this.profile.uuid) return refuse('other-host');
    if (!this.#obey(name, attributes, signer.certificate.commonName)) refuse('unhandled-action');
  }

  /** What happens when a person turns the computer off. */
  shutDown(): void {
    if (this.profile.options.install_at_shutdown && hasPending(this.#memory)) {
      this.#addWindowsTask('install', 'waptexit', {}, null);
    } else if (this.#memory.state().rebootRequired) {
      this.#memory.change({ rebootRequired: false });
      this.#memory.push();
    }
  }

  #obey(name: string, action: Action, by: string): boolean {
    const add = (request: Omit<TaskRequest, 'createdBy' | 'force' | 'notifyUser' | 'notifyServer'>): true => {
      this.#queue.add({
        ...request,
        createdBy: by,
        force: action['force'] === true,
        notifyUser: action['notify_user'] === true,
        notifyServer: Boolean(action['notify_server']),
      });
      return true;
    };
    const packages = stringsOf(action['packages']) ?? [];
    switch (name) {
      case 'trigger_host_update':
        this.#addUpdate(by);
        return true;
      case 'trigger_host_upgrade':
        this.#addUpgrade(by);
        return true;
      case 'trigger_install_packages':
        return add({
          classname: 'WaptPackageInstall',
          description: `Installation of ${packages.join(', ')}`,
          priority: 20,
          run: (context) => this.#installNamed(packages, by, context),
        });
      case 'trigger_remove_packages':
      case 'trigger_forget_packages':
        return add({
          classname: name === 'trigger_remove_packages' ? 'WaptPackageRemove' : 'WaptPackageForget',
          description: `Removal of ${packages.join(', ')}`,
          priority: 20,
          run: async (context) => {
            await context.work(second, 0, 100);
            const state = this.#memory.state();
            this.#memory.change({
              packages: state.packages.filter((one) => !packages.includes(one.package)),
              wanted: state.wanted.filter((one) => !packages.includes(one)),
            });
            pushPackages(this.#world, this.#memory, wantedPackages(this.#world, this.#memory).missing, []);
            if (this.#world.windowsUpdates) this.#addWindowsTask('scan', by, {}, null);
            return { summary: `${packages.length} packages removed`, failed: false };
          },
        });
      case 'trigger_host_register':
        return add({
          classname: 'WaptRegisterComputer',
          description: 'Registering the computer',
          priority: 10,
          run: async (context) => {
            await context.work(second, 0, 100);
            this.#memory.push();
            return { summary: 'Inventory has been sent to the WAPT server', failed: false };
          },
        });
      case 'trigger_change_description':
        this.#world.store.patchHost(this.profile.uuid, { description: textOf(action['computer_description']) });
        return true;
      case 'trigger_cancel_all_tasks':
        this.#queue.cancelAll();
        return true;
      case 'trigger_waptservicerestart':
        return true;
      case 'trigger_longtask':
        return add({
          classname: 'WaptLongTask',
          description: 'Test of a long task',
          priority: 100,
          run: async (context) => {
            await context.work(10 * second, 0, 100);
            return { summary: 'Done', failed: false };
          },
        });
      case 'trigger_waptwua_scan':
        return this.#addWindowsTask('scan', by, action, null);
      // Which attribute carries a selection is not known (protocol 3.8): the lab takes `update_ids`.
      case 'trigger_waptwua_download':
        return this.#addWindowsTask('download', by, action, stringsOf(action['update_ids']));
      case 'trigger_waptwua_install':
        return this.#addWindowsTask('install', by, action, stringsOf(action['update_ids']));
      default:
        return false;
    }
  }

  #addWindowsTask(
    kind: keyof typeof windowsTaskClasses,
    by: string,
    action: Action,
    only: readonly string[] | null,
  ): boolean {
    if (!this.#world.windowsUpdates) return false;
    const [world, memory] = [this.#world, this.#memory];
    const descriptions = {
      scan: 'Scanning Windows updates',
      download: 'Downloading Windows updates',
      install: 'Installing Windows updates',
    };
    const run = {
      scan: scanTask(world, memory),
      download: downloadTask(world, memory, only),
      install: installTask(world, memory, only),
    };
    this.#queue.add({
      classname: windowsTaskClasses[kind],
      description: only === null ? descriptions[kind] : `${descriptions[kind]}: ${only.join(', ')}`,
      priority: 500,
      createdBy: by,
      force: action['force'] === true,
      notifyUser: action['notify_user'] === true,
      notifyServer: true,
      run: async (context) => {
        try {
          return await run[kind](context);
        } catch (error) {
          // A cancelled task must not leave the host "scanning" for ever.
          memory.push();
          throw error;
        }
      },
    });
    return true;
  }

  #addUpdate(by: string): void {
    this.#queue.add({
      classname: 'WaptUpdate',
      description: 'Updating available packages',
      priority: 10,
      createdBy: by,
      run: async (context) => {
        context.log('Reading the index of the repository');
        await context.work(0.8 * second, 0, 100);
        this.#seenGeneration = this.#generation();
        const pending = pendingPackages(this.#world, this.#memory, this.#refusedFiles);
        if (pending.length > 0) this.#addUpgrade(by);
        else pushPackages(this.#world, this.#memory, wantedPackages(this.#world, this.#memory).missing, []);
        return { summary: `${pending.length} packages to upgrade`, failed: false };
      },
    });
  }

  #addUpgrade(by: string): void {
    this.#queue.add({
      classname: 'WaptUpgrade',
      description: 'Upgrading installed packages',
      priority: 15,
      createdBy: by,
      run: async (context) => {
        const report = await upgradePackages(this.#world, this.#memory, this.#refusedFiles, this.#trusted, context);
        this.#afterInstall(report.refused.keys(), report.rulesChanged);
        return installOutcome(report.count, report);
      },
    });
  }

  async #installNamed(
    packages: readonly string[],
    by: string,
    context: Parameters<TaskRequest['run']>[0],
  ): ReturnType<TaskRequest['run']> {
    const asked = packages.map((text) => text.replace(/\(.*$/, '').trim());
    const state = this.#memory.state();
    this.#memory.change({ wanted: [...new Set([...state.wanted, ...asked])] });
    const { records, missing } = wantedPackages(this.#world, this.#memory);
    const chosen = records.filter((record) => asked.includes(String(record['package'])));
    const report = await installRecords(this.#world, this.#memory, chosen, this.#trusted, by, context);
    this.#afterInstall(report.refused.keys(), report.rulesChanged);
    const absent = asked.filter((name) => missing.includes(name));
    return absent.length > 0
      ? { summary: `EWaptUnavailablePackage: ${absent.join(', ')}`, failed: true }
      : installOutcome(chosen.length, report);
  }

  #afterInstall(refused: Iterable<string>, rulesChanged: boolean): void {
    for (const file of refused) this.#refusedFiles.add(file);
    if (rulesChanged && this.#memory.state().lastScan !== null) this.#addWindowsTask('scan', 'SCHEDULER', {}, null);
  }

  #generation(): number {
    return this.#world.repository.generation() + this.#world.hostPackages.generation();
  }

  /** What a connected host does by itself every few seconds. */
  cycle(): void {
    if (this.#queue.busy || this.profile.behaviour === 'old-agent') return;
    const generation = this.#generation();
    if (generation !== this.#seenGeneration) {
      this.#seenGeneration = generation;
      if (pendingPackages(this.#world, this.#memory, this.#refusedFiles).length > 0) {
        this.#addUpgrade('SCHEDULER');
        return;
      }
    }
    if (!this.#world.windowsUpdates) return;
    if (this.#filesArrived()) this.#memory.push();
    this.#keepSchedule();
  }

  #filesArrived(): boolean {
    const { catalogue, downloads, store } = this.#world;
    const has = filesFor(this.profile, downloads.has);
    if (this.#seenFiles === downloads.generation()) return false;
    this.#seenFiles = downloads.generation();
    const status = store.hosts.get(this.profile.uuid)?.['waptwua_status'] as {
      readonly missing_downloads?: readonly string[];
    } | null;
    // Most files are for other hosts, and looking through all rows of thousands of hosts takes seconds.
    if (!(status?.missing_downloads ?? []).some((url) => has(fileNameOf(url)))) return false;
    return this.#memory
      .statuses()
      .some(
        (row) =>
          row.status === 'MISSING' && catalogue.byId.get(row.update_id)?.files.every((file) => has(file.name)) === true,
      );
  }

  #keepSchedule(): void {
    const index = this.#world.downloads.index();
    switch (this.#schedule?.()) {
      case 'download':
        // Rules that changed have led to a scan already, so only a newer index is left to look for.
        if (index !== null && index.modified > (this.#memory.state().indexDate ?? 0)) {
          this.#addWindowsTask('download', 'SCHEDULER', {}, null);
        }
        break;
      case 'install':
        if (hasPending(this.#memory)) this.#addWindowsTask('install', 'SCHEDULER', {}, null);
        break;
      case 'shutdown':
        this.shutDown();
        break;
      default:
    }
  }
}
