import type { Calendar } from '../../core/calendar.ts';
import { cn } from './cn.ts';
import { de, it, nl, us } from './countries.ts';
import { eu } from './eu.ts';
import { kr } from './kr.ts';
import { gbEng, ukFoi } from './uk.ts';

/** Every calendar that this folder makes. A development tool: at run time only the files in calendars/ are read. */
export const generateAll = (): Calendar[] => [cn, ukFoi, gbEng, us, nl, it, de, eu, kr].map((make) => make());
