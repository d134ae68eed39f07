import { needOffice } from './libreoffice.ts';

/** What opens the papers is there before the first test, so that no test waits while it is installed. */
export const setup = (): Promise<void> => needOffice();
