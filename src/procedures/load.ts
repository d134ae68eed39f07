import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listCalendars } from '../calendars/load.ts';
import type { Procedure } from '../core/procedure.ts';
import { ProcedureError } from './error.ts';
import { type ProcedureRead, readProcedure } from './read.ts';

const FOLDER = new URL('../../procedures/', import.meta.url);

const isPath = (name: string): boolean => /[\\/]|\.ya?ml$/.test(name);

/** The procedures of the package, by id. */
export const listProcedures = (): string[] =>
  readdirSync(FOLDER)
    .filter((f) => f.endsWith('.yaml'))
    .map((f) => basename(f, '.yaml'))
    .toSorted();

/** Reads a procedure by its id, or by the path of its file, and says all that is wrong with it. */
export function inspectProcedure(name: string): ProcedureRead {
  const file = fileOf(name);
  return readProcedure(readFileSync(file, 'utf8'), isPath(name) ? name : `procedures/${name}.yaml`, { calendars: listCalendars(), procedure: linked });
}

/** A procedure that another one opens cases of, without what that one opens in turn. */
function linked(id: string): Procedure | 'missing' | undefined {
  const file = fileURLToPath(new URL(`${id}.yaml`, FOLDER));
  return existsSync(file) ? readProcedure(readFileSync(file, 'utf8'), file).procedure : 'missing';
}

function fileOf(name: string): string {
  const file = isPath(name) ? name : fileURLToPath(new URL(`${name}.yaml`, FOLDER));
  if (!existsSync(file)) throw ProcedureError.missing(name, listProcedures());
  return file;
}

// Reading one takes tens of milliseconds, and an office opens the same kind of case all day. A changed file is read again.
const loaded = new Map<string, { readonly stamp: string; readonly procedure: Procedure }>();

/**
 * The procedure of that id or file, ready to open cases with.
 * @throws ProcedureError with every problem, where it has errors; warnings are let pass
 */
export function loadProcedure(name: string): Procedure {
  const { mtimeMs, size } = statSync(fileOf(name));
  const stamp = `${mtimeMs} ${size}`;
  const known = loaded.get(name);
  if (known?.stamp === stamp) return known.procedure;
  const { procedure, problems } = inspectProcedure(name);
  if (!procedure) throw ProcedureError.invalid(problems);
  loaded.set(name, { stamp, procedure });
  return procedure;
}

/** The same where it can be had: a case may run on a file that lies elsewhere, has errors by now, or is gone. */
export function procedureOnFile(name: string): Procedure | undefined {
  try {
    return loadProcedure(name);
  } catch {
    return undefined;
  }
}
