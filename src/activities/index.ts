export { activities } from './activities.ts';
export { NOT_SENT } from './tell.ts';
export type { World } from './world.ts';
export { ordinary } from './ordinary.ts';
