export type { Admission, Contact, Intake } from './intakes.ts';
export type { CaseFilter, Owed, OwedFilter } from './cases.ts';
export { RegisterConflict, RegisterFault, RegisterUnavailable, type UnavailableCode } from './errors.ts';
export type { NoticeRow, Progress } from './notices.ts';
export { openRegister, type Place } from './open.ts';
export type { Paper } from './papers.ts';
export type { Entered } from './posts.ts';
export type { Register } from './register.ts';
export { type Served, type Serving, serveRegister } from './serve.ts';
