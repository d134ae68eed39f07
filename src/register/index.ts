export type { Bulk, Known, Recorded, StoryFilter, Whole } from './bulk.ts';
export type { Admission, Contact, Intake } from './intakes.ts';
export type { CaseFilter, Owed, OwedFilter } from './cases.ts';
export { RegisterConflict, RegisterFault, RegisterUnavailable, type UnavailableCode } from './errors.ts';
export type { Figures, LedgerFilter, Saying } from './figures.ts';
export type { NoticeRow, Progress } from './notices.ts';
export { openRegister, type Place } from './open.ts';
export type {
  Content, Copy, Correction, Delivered, Delivery, Given, Listed, Paper, PaperFilter, PaperRow, Papers, Series, Taken, Wanted,
} from './papers.ts';
export type { Casting, ChangeRow, HeldBy, HoldingFilter, LeaveRow, People } from './people.ts';
export type { Bringing } from './people-import.ts';
export type { Entered } from './posts.ts';
export type { Register } from './register.ts';
export { type Served, type Serving, serveRegister } from './serve.ts';
