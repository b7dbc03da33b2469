import { describe, expect, it } from 'vitest';
import { type ConsoleEvent, createEventHub, eventsOf } from './events.ts';

const heard = () => {
  const events: ConsoleEvent[] = [];
  return { events, listen: (event: ConsoleEvent) => void events.push(event) };
};

describe('event hub', () => {
  it('tells every listener until it ends', () => {
    const hub = createEventHub();
    const a = heard();
    const b = heard();
    const endA = hub.subscribe(a.listen);
    hub.subscribe(b.listen);
    hub.emit('hosts.tasks', { uuid: 'u1' });
    endA();
    hub.emit('hosts.tasks', { uuid: 'u2' });
    expect(a.events.map((event) => event.payload)).toEqual([{ uuid: 'u1' }]);
    expect(b.events.map((event) => event.id)).toEqual([1, 2]);
  });

  it('tells the others when one listener throws', () => {
    const hub = createEventHub();
    const b = heard();
    hub.subscribe(() => {
      throw new Error('gone');
    });
    hub.subscribe(b.listen);
    hub.emit('settings.changed', {});
    expect(b.events).toHaveLength(1);
  });

  it('gives what was missed, and nothing twice', () => {
    const hub = createEventHub();
    for (const uuid of ['a', 'b', 'c']) hub.emit('hosts.tasks', { uuid });
    const late = heard();
    hub.subscribe(late.listen, 1);
    expect(late.events.map((event) => event.payload)).toEqual([{ uuid: 'b' }, { uuid: 'c' }]);
    const upToDate = heard();
    hub.subscribe(upToDate.listen, hub.lastId());
    expect(upToDate.events).toEqual([]);
  });

  it('knows which desk an event is of, and keeps the newest of each', () => {
    const hub = createEventHub();
    const one = eventsOf(hub, 'd1');
    const two = eventsOf(hub, 'd2');
    one.emit('signer.changed', { kind: 'none' });
    two.emit('signer.changed', { kind: 'none' });
    one.emit('settings.changed', {});
    for (let i = 0; i < 600; i += 1) two.emit('actions.changed', { runId: `r${i}` });
    const late = heard();
    hub.subscribe(late.listen, 1);
    expect(late.events.map(({ name, desk }) => [name, desk])).toEqual([
      ['signer.changed', 'd1'],
      ['signer.changed', 'd2'],
      ['settings.changed', null],
      ['actions.changed', 'd2'],
      ['store.changed', null],
    ]);
  });

  it.each([
    ['kept no longer', 1],
    ['of an earlier start of the console', 5_000],
  ])('says that everything may have changed when the missed events are %s', (_why, after) => {
    const hub = createEventHub();
    hub.emit('signer.changed', { kind: 'none' });
    for (let i = 0; i < 600; i += 1) hub.emit('actions.changed', { runId: `r${i}` });
    const late = heard();
    hub.subscribe(late.listen, after);
    expect(late.events.map((event) => event.name)).toEqual(['signer.changed', 'actions.changed', 'store.changed']);
    expect(late.events.at(-1)).toMatchObject({ id: 601, payload: { subjects: expect.arrayContaining(['hosts']) } });
  });
});
