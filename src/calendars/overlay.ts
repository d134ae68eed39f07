import { z } from 'zod';
import { Calendar } from '../core/calendar.ts';
import { dayOf, numberOf } from '../core/instant.ts';
import { Text } from '../core/text.ts';

type Stretches = Calendar['rest'];

/**
 * What no published calendar knows: a region's own holiday, or a day announced
 * for one year. Its days win over those of the calendar it is laid on.
 */
export const Overlay = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'an overlay is named in lower-case words joined by hyphens'),
  version: z.coerce.string().min(1),
  title: Text,
  /** The calendar it is meant for. */
  over: z.string().min(1),
  rest: Calendar.shape.rest.default([]),
  work: Calendar.shape.work.default([]),
  source: z.string().min(1),
});
export type Overlay = z.infer<typeof Overlay>;

/** Lays an overlay on a calendar. The version of the result names both: `2026.1+guangxi.2017.1`. */
export function overlay(calendar: Calendar, over: Overlay): Calendar {
  const own = [...over.rest, ...over.work];
  return {
    ...calendar,
    id: `${calendar.id}+${over.id}`,
    version: `${calendar.version}+${over.id}.${over.version}`,
    title: { zh: `${calendar.title.zh}，${over.title.zh}`, en: `${calendar.title.en}; ${over.title.en}` },
    rest: inOrder([...without(calendar.rest, own), ...over.rest]),
    work: inOrder([...without(calendar.work, own), ...over.work]),
    overlays: [...calendar.overlays, over.id],
    source: `${calendar.source} ${over.source}`,
  };
}

/** The stretches less the days of others: a moved working day that a region makes a day of rest must not stay both. */
function without(stretches: Stretches, others: Stretches): Stretches {
  const gone = new Set(others.flatMap(numbers));
  return stretches.flatMap((s) => {
    if (!numbers(s).some((n) => gone.has(n))) return [s];
    return numbers(s)
      .filter((n) => !gone.has(n))
      .map((n) => ({ from: dayOf(n), to: dayOf(n), name: s.name }));
  });
}

const numbers = ({ from, to }: Stretches[number]): number[] =>
  Array.from({ length: numberOf(to) - numberOf(from) + 1 }, (_, i) => numberOf(from) + i);

const inOrder = (stretches: Stretches): Stretches => stretches.toSorted((a, b) => (a.from < b.from ? -1 : 1));
