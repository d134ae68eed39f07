export { type Answer, type Asked, barred, barringUnit, find, heldOn, type Place, placeOf, type Reached, type Way, onLeave } from './find.ts';
export { leaveOf, organisationOf } from './from-institution.ts';
export { type DatedPlan, type Holding, type Leave, Organisation, type RotaChange } from './organisation.ts';
export { nextShifts, onDuty, type Rota, rotaOf, type Shift, shiftsOf, titleOf } from './rota.ts';
export { checkedLeave, handover, knownPerson, knownRole, knownRota, knownUnit, override, swap } from './changes.ts';
export { type Deadline, deadlinesBy } from './deadlines.ts';
export { localOf, readWhen } from './moment.ts';
export { isIdle, type Plan } from './plan.ts';
export { type Unknown, unknownPeople } from './unknown.ts';
