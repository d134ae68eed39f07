import { RedressError } from '../errors.ts';
import type { Register } from '../register/index.ts';

/**
 * A paper of a case in which the petitioner's identity is kept to a few roles may name them, so it is handed out to
 * those roles alone.
 * @throws RedressError `kept-confidential`, naming the roles
 */
export async function mayRead(register: Pick<Register, 'petitioner'>, receipt: string, as: string | undefined): Promise<void> {
  const { identity } = (await register.petitioner(receipt)) ?? {};
  if (identity === undefined || (as !== undefined && identity.includes(as))) return;
  const roles = identity.join(', ');
  throw new RedressError('kept-confidential', '--as', {
    zh: `${receipt} 的信访人信息保密，文书可能写有其姓名，只有以下角色可以取出：${roles || '无'}。请用 --as 写明您的角色。`,
    en: `In ${receipt} the petitioner's identity is kept confidential, and this paper may name them. Only ${roles || 'nobody'} may have it; say who you are with --as.`,
  });
}
