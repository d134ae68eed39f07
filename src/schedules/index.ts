export { openScheduled } from './activity.ts';
export { type Applied, applySchedules, idOf, openingsOf } from './apply.ts';
export { checkSchedules } from './check.ts';
export { type LastOpened, scheduleStates, type ScheduleState } from './list.ts';
export { handleOf, type Ran, runFor, runNow } from './run.ts';
export { type OpeningActivities, Schedule, type ScheduledOpening, Schedules } from './schedule.ts';
