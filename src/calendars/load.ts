import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import type { z } from 'zod';
import { Calendar } from '../core/calendar.ts';
import { CalendarError } from './error.ts';
import { overlay, Overlay } from './overlay.ts';

const FOLDER = new URL('../../calendars/', import.meta.url);
const OVERLAYS = new URL('overlays/', FOLDER);

const isPath = (name: string): boolean => /[\\/]|\.(json|ya?ml)$/.test(name);

// A calendar is read once. It is never changed in place, so all may share it.
const loaded = new Map<string, Calendar>();

/**
 * Reads a calendar: `cn`, `cn+guangxi` with overlays laid over it in turn, or
 * the path of a file of one's own in place of either name.
 */
export function loadCalendar(id: string): Calendar {
  const known = loaded.get(id);
  if (known) return known;
  const parts = existsSync(id) ? [id] : id.split('+');
  const [base = '', ...overlays] = parts;
  let calendar = read(published(base), Calendar);
  for (const name of overlays) calendar = overlay(calendar, fitting(calendar, read(laidOver(name), Overlay)));
  if (!parts.some(isPath)) loaded.set(id, calendar);
  return calendar;
}

/** The calendars of the package, without overlays. */
export const listCalendars = (): string[] => names(FOLDER, '.json');

/** The overlays of the package, each with the calendar it is meant for. */
export const listOverlays = (): { id: string; over: string }[] =>
  overlayNames().map((id) => ({ id, over: read(laidOver(id), Overlay).over }));

interface Place { readonly name: string; readonly file: string; readonly known: () => string[] }

const overlayNames = (): string[] => names(OVERLAYS, '.yaml');

const published = (name: string): Place => ({ name, file: fileOf(FOLDER, `${name}.json`, name), known: listCalendars });

const laidOver = (name: string): Place => ({ name, file: fileOf(OVERLAYS, `${name}.yaml`, name), known: overlayNames });

/** A name is looked for in the package, and nowhere else; a path is taken as it is. */
const fileOf = (folder: URL, file: string, name: string): string => (isPath(name) ? name : fileURLToPath(new URL(file, folder)));

const names = (folder: URL, ending: string): string[] =>
  readdirSync(folder)
    .filter((f) => f.endsWith(ending))
    .map((f) => basename(f, ending))
    .toSorted();

function fitting(calendar: Calendar, over: Overlay): Overlay {
  if (over.over === calendar.id.split('+')[0]) return over;
  throw CalendarError.misfit(over.id, over.over, calendar.id);
}

function read<T extends z.ZodType>({ name, file, known }: Place, schema: T): z.output<T> {
  if (!existsSync(file)) throw CalendarError.missing(name, known());
  const result = schema.safeParse(raw(file));
  if (result.success) return result.data;
  throw CalendarError.invalid(file, result.error);
}

function raw(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return file.endsWith('.json') ? JSON.parse(text) : parse(text);
  } catch (error) {
    throw CalendarError.unreadable(file, error);
  }
}
