import { type Fields, idsIn, type Procedure, type Values } from '../core/index.ts';
import { fieldSets } from '../core/rules.ts';
import type { Others } from './office.ts';
import type { ScenarioFile } from './scenario-file.ts';

/** The persons and units in the fields of a scenario, so that there is somebody to be told. */
export function othersIn({ fields, also, steps, unit }: ScenarioFile, procedures: readonly Procedure[]): Others {
  const kinds = new Map(procedures.flatMap((p) => fieldSets(p).flatMap(kindsIn)));
  const said = [fields, ...Object.values(also).map((a) => a.fields), ...steps.map((s) => s.fields)].flatMap((values) => named(values, kinds));
  const units = said.filter((id) => id.startsWith('unit:')).map((id) => id.slice('unit:'.length));
  return {
    people: [...new Set(said.filter((id) => !id.startsWith('unit:')))],
    units: [...new Set([...units, ...Object.values(also).flatMap((a) => (a.unit === undefined ? [] : [a.unit]))])].filter((name) => name !== unit),
  };
}

const kindsIn = (fields: Fields): [string, string][] => Object.entries(fields).flatMap(([name, { kind }]): [string, string][] => (['person', 'people', 'unit'].includes(kind) ? [[name, kind]] : []));

const named = (values: Values, kinds: ReadonlyMap<string, string>): string[] =>
  Object.entries(values).flatMap(([name, value]) => {
    const kind = kinds.get(name);
    if (kind === undefined || typeof value !== 'string') return [];
    return kind === 'unit' ? [`unit:${value}`] : idsIn(value).filter((id) => /^(unit:)?[a-z0-9][a-z0-9-]*$/.test(id));
  });
