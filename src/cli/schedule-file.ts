import { configFrom } from '../config.ts';
import { RedressError } from '../errors.ts';
import type { Institution } from '../institution/index.ts';
import type { Register } from '../register/index.ts';
import { checkSchedules } from '../schedules/index.ts';
import { institutionOf } from '../up/institution.ts';

/**
 * The institution's file, whose schedules are meant: REDRESS_INSTITUTION, or the sample where that is what runs here.
 * @throws RedressError `no-institution`, `bad-schedule`
 */
export async function scheduleFile(register: Pick<Register, 'institution'>): Promise<Institution> {
  const config = configFrom(process.env);
  const { institution } = await institutionOf(config);
  const present = await register.institution();
  if (present !== undefined && present.id !== institution.id)
    throw new RedressError('no-institution', 'REDRESS_INSTITUTION', {
      zh: `登记簿中的机构是 ${present.id}，而机构文件是 ${institution.id}。请用 REDRESS_INSTITUTION 指明 ${present.id} 的文件。`,
      en: `The register has the institution ${present.id}, and the file is that of ${institution.id}. Name the file of ${present.id} with REDRESS_INSTITUTION.`,
    });
  checkSchedules(institution);
  return institution;
}
