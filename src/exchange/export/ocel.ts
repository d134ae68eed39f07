import type { CaseView, Event, EventType, Instant } from '../../core/index.ts';
import type { Recorded } from '../../register/index.ts';
import type { Discretion } from './discretion.ts';
import { type FlatEvent, flatten } from './flat.ts';
import type { Spool } from './spool.ts';

interface Attribute {
  readonly name: string;
  readonly value: string | number | boolean;
  readonly time?: string;
}

interface Relation {
  readonly objectId: string;
  readonly qualifier: string;
}

interface OcelObject {
  readonly id: string;
  readonly type: ObjectType;
  readonly attributes: readonly Attribute[];
  readonly relationships: readonly Relation[];
}

type ObjectType = 'case' | 'duty' | 'role' | 'person' | 'paper';
type Kind = 'string' | 'time' | 'integer' | 'boolean';

const OBJECT_TYPES: Readonly<Record<ObjectType, Readonly<Record<string, Kind>>>> = {
  case: { procedure: 'string', version: 'integer', channel: 'string', unit: 'string', stage: 'string', receivedAt: 'time', closedAt: 'time' },
  duty: { duty: 'string', owes: 'string', status: 'string', dueDate: 'string', overdue: 'boolean' },
  role: { unit: 'string', role: 'string' },
  person: {},
  paper: { kind: 'string', number: 'string' },
};
const EVENT: Readonly<Record<string, Kind>> = { seq: 'integer', activity: 'string', recordedAt: 'time', stage: 'string', dueDate: 'string', late: 'boolean', why: 'string', number: 'string', text: 'string', fields: 'string' };

/**
 * An object-centric log after OCEL 2.0 (JSON), in chunks. Objects are cases,
 * instances of duties, roles of a unit, persons of the institution, and papers;
 * each event names those it is about, and as what. What is said of an object at
 * the beginning of time held from the beginning.
 * @param objects keeps the objects until the events are written: neither grows in memory
 */
export async function* ocelOf(stories: AsyncIterable<Recorded>, discreet: Discretion, objects: Spool): AsyncGenerator<string> {
  const types = new Set<EventType>();
  const shared = new Map<string, OcelObject>();
  let first = true;
  yield '{"events":[';
  for await (const story of stories) {
    const events: string[] = [];
    for (const [i, e] of flatten(story, discreet).entries()) {
      const event = story.events[i];
      if (!event) continue;
      types.add(e.type);
      events.push(JSON.stringify({ id: `${e.case}/${e.seq}`, type: e.type, time: e.at, attributes: attributesOf(e), relationships: relationsOf(story.view, e, event, shared) }));
    }
    for (const object of objectsOf(story, shared)) await objects.put(JSON.stringify(object));
    if (events.length > 0) yield `${first ? '' : ','}\n${events.join(',\n')}`;
    first = false;
  }
  for (const object of shared.values()) await objects.put(JSON.stringify(object));
  yield '],\n"objects":[';
  first = true;
  for await (const line of objects.lines()) {
    yield `${first ? '' : ','}\n${line}`;
    first = false;
  }
  yield `],\n"eventTypes":${JSON.stringify([...types].map((name) => ({ name, attributes: declared(EVENT) })))},\n"objectTypes":${JSON.stringify(Object.entries(OBJECT_TYPES).map(([name, kinds]) => ({ name, attributes: declared(kinds) })))}}\n`;
}

const declared = (kinds: Readonly<Record<string, Kind>>): { name: string; type: Kind }[] => Object.entries(kinds).map(([name, type]) => ({ name, type }));

function attributesOf({ seq, activity, recordedAt, stage, dueDate, late, why, number, text, fields }: FlatEvent): Attribute[] {
  const all = { seq, activity, recordedAt, stage, dueDate, late, why, number, text, fields: Object.keys(fields).length === 0 ? undefined : JSON.stringify(fields) };
  return present(all);
}

const present = (values: Readonly<Record<string, string | number | boolean | undefined>>, time?: Instant | string): Attribute[] =>
  Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value, ...(time === undefined ? {} : { time }) }]));

const dutyId = (receipt: string, instance: string): string => `${receipt}/duty/${instance}`;

/** How a role is to an event: whoever did it, owes it, was passed over, or was told. */
const AS: Partial<Record<EventType, string>> = { acted: 'done by', refused: 'tried by', corrected: 'done by', 'duty-started': 'owed by', appointed: 'appointed', excluded: 'excluded', 'passed-over': 'passed over' };

function relationsOf(view: CaseView, e: FlatEvent, event: Event, shared: Map<string, OcelObject>): Relation[] {
  const relations: Relation[] = [{ objectId: view.receipt, qualifier: 'case' }];
  if (e.instance !== undefined && view.duties.some((d) => d.instance === e.instance)) relations.push({ objectId: dutyId(view.receipt, e.instance), qualifier: 'duty' });
  if (e.role !== undefined) relations.push({ objectId: roleObject(view.unit, e.role, shared), qualifier: AS[e.type] ?? 'told' });
  if (e.person !== undefined) relations.push({ objectId: personObject(e.person, shared), qualifier: AS[e.type] ?? 'told' });
  if (event.type === 'filed') relations.push({ objectId: event.key, qualifier: 'filed' });
  return relations;
}

function roleObject(unit: string, role: string, shared: Map<string, OcelObject>): string {
  const id = `role/${unit}/${role}`;
  if (!shared.has(id)) shared.set(id, { id, type: 'role', attributes: present({ unit, role }, EPOCH), relationships: [] });
  return id;
}

function personObject(person: string, shared: Map<string, OcelObject>): string {
  const id = `person/${person}`;
  if (!shared.has(id)) shared.set(id, { id, type: 'person', attributes: [], relationships: [] });
  return id;
}

/** By the standard, what holds from the beginning is dated so. */
const EPOCH = '1970-01-01T00:00:00Z';

function* objectsOf({ view, events }: Recorded, shared: Map<string, OcelObject>): Generator<OcelObject> {
  const { receipt, procedure, version, channel, unit, stage, receivedAt, closedAt } = view;
  yield {
    id: receipt, type: 'case', attributes: present({ procedure, version, channel, unit, stage, receivedAt, closedAt }, EPOCH),
    relationships: view.duties.map((d) => ({ objectId: dutyId(receipt, d.instance), qualifier: 'owes' })),
  };
  const dates = datesOf(events);
  for (const { instance, duty, owes, status, overdue } of view.duties)
    yield {
      id: dutyId(receipt, instance), type: 'duty',
      attributes: [...present({ duty, owes, status, overdue }, EPOCH), ...(dates.get(instance) ?? []).map(([value, time], i) => ({ name: 'dueDate', value, time: i === 0 ? EPOCH : time }))],
      relationships: [{ objectId: roleObject(unit, owes, shared), qualifier: 'owed by' }],
    };
  for (const e of events)
    if (e.type === 'filed') yield { id: e.key, type: 'paper', attributes: present({ kind: e.kind, number: e.number }, EPOCH), relationships: [{ objectId: receipt, qualifier: 'of' }] };
}

/** Each date that a duty has had, and since when. */
function datesOf(events: readonly Event[]): Map<string, [string, Instant][]> {
  const dates = new Map<string, [string, Instant][]>();
  for (const e of events) {
    const due = e.type === 'duty-started' ? e : 'after' in e ? e.after : undefined;
    if (due && 'instance' in e && e.instance !== undefined) dates.set(e.instance, [...(dates.get(e.instance) ?? []), [due.dueDate, e.at]]);
  }
  return dates;
}
