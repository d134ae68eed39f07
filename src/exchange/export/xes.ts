import type { Recorded } from '../../register/index.ts';
import type { Discretion } from './discretion.ts';
import { type FlatEvent, flatten } from './flat.ts';

const HEAD = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849.2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <global scope="trace"><string key="concept:name" value="unknown"/></global>
  <global scope="event"><string key="concept:name" value="unknown"/><string key="lifecycle:transition" value="unknown"/><date key="time:timestamp" value="1970-01-01T00:00:00.000Z"/></global>
  <classifier name="Activity" keys="concept:name"/>
  <classifier name="Transition" keys="concept:name lifecycle:transition"/>
  <string key="lifecycle:model" value="standard"/>
`;

/** A log of events after IEEE 1849-2016, in chunks: a trace for each case, named by its receipt. */
export async function* xesOf(stories: AsyncIterable<Recorded>, discreet: Discretion): AsyncGenerator<string> {
  yield HEAD;
  for await (const story of stories) yield trace(story, discreet);
  yield '</log>\n';
}

function trace(story: Recorded, discreet: Discretion): string {
  const { receipt, procedure, version, channel, unit, stage, receivedAt, closedAt } = story.view;
  const own = [string('concept:name', receipt), string('procedure', procedure), int('version', version), string('channel', channel), string('unit', unit), string('stage', stage), date('receivedAt', receivedAt), date('closedAt', closedAt)];
  return `  <trace>\n    ${own.join('')}\n${flatten(story, discreet).map(event).join('')}  </trace>\n`;
}

function event(e: FlatEvent): string {
  const values = [
    string('concept:name', e.activity), string('lifecycle:transition', e.lifecycle), date('time:timestamp', e.at),
    string('org:group', e.unit), string('org:role', e.role), string('org:resource', e.person),
    int('seq', e.seq), string('type', e.type), date('recordedAt', e.recordedAt), string('duty', e.duty), string('instance', e.instance),
    string('dueDate', e.dueDate), date('dueAt', e.dueAt), boolean('late', e.late), string('why', e.why), string('stage', e.stage),
    string('paper', e.paper), string('number', e.number), string('text', e.text),
    ...Object.entries(e.fields).map(([name, value]) => (typeof value === 'number' ? int(`field.${name}`, value) : typeof value === 'boolean' ? boolean(`field.${name}`, value) : string(`field.${name}`, value))),
  ];
  return `    <event>${values.join('')}</event>\n`;
}

type Maybe<T> = T | undefined;

const attribute = (kind: string, key: string, value: Maybe<string>): string => (value === undefined ? '' : `<${kind} key="${xml(key)}" value="${xml(value)}"/>`);
const string = (key: string, value: Maybe<string>): string => attribute('string', key, value);
const date = (key: string, value: Maybe<string>): string => attribute('date', key, value);
const int = (key: string, value: Maybe<number>): string => attribute(Number.isInteger(value) ? 'int' : 'float', key, value === undefined ? undefined : String(value));
const boolean = (key: string, value: Maybe<boolean>): string => attribute('boolean', key, value === undefined ? undefined : String(value));

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };

/** Text as an attribute of XML; what XML cannot hold becomes U+FFFD. */
export const xml = (text: string): string =>
  text.replaceAll(/[\ud800-\udfff\ufffe\uffff]|[^\P{Cc}\t\n\r\u007f-\u009f]/gu, '\ufffd').replaceAll(/[&<>"\t\n\r]/g, (sign) => ENTITIES[sign] ?? sign);
