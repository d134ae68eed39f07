import { RedressError } from '../errors.ts';

/** Does something under a key of ours; should the engine be away, says with which key trying again is safe. */
export async function retryWith<T>(key: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (key === undefined || !(error instanceof RedressError) || error.code !== 'engine-away') throw error;
    throw new RedressError(error.code, error.field, {
      zh: `${error.text.zh}\n重试时请加上 --key ${key}`,
      en: `${error.text.en}\nWhen you try again, add --key ${key}`,
    }, error);
  }
}
