import { status } from '@grpc/grpc-js';
import { isGrpcServiceError, WorkflowNotFoundError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { z } from 'zod';
import { Text } from './core/text.ts';
import { RedressError, Refused } from './errors.ts';
import type { Register } from './register/index.ts';

const Detail = z.object({ field: z.string(), text: Text });

const TRIES = 12;

/** Asks the engine, and says in plain words when it is away. */
export async function asked<T>(_: 'engine', ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (err) {
    if (away(err)) throw engineAway(err);
    throw err;
  }
}

/** Asks a case, and turns what the engine answers into the errors of this library. */
export async function translated<T>(register: Register, receipt: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await settled(ask);
  } catch (err) {
    if (err instanceof WorkflowUpdateFailedError && err.cause instanceof ApplicationFailure) throw refused(err.cause);
    if (err instanceof WorkflowNotFoundError || notFound(err)) throw await missing(register, receipt, err);
    if (away(err)) throw engineAway(err);
    throw err;
  }
}

/** Between two runs of a case, or before its first task, the engine answers "not yet" for some milliseconds. */
async function settled<T>(ask: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1)
    try {
      return await ask();
    } catch (err) {
      if (tries === TRIES || !hasCode(err, status.FAILED_PRECONDITION)) throw err;
      await new Promise((resolve) => setTimeout(resolve, 20 * tries));
    }
}

function refused(failure: ApplicationFailure): RedressError {
  const detail = Detail.safeParse(failure.details?.[0]);
  if (!detail.success) return new RedressError('failed', '', { zh: `内部错误：${failure.message}`, en: `Internal error: ${failure.message}` }, failure);
  return new Refused(failure.type ?? 'refused', detail.data.field, detail.data.text);
}

async function missing(register: Register, receipt: string, err: unknown): Promise<RedressError> {
  const known = await register.case(receipt).catch(() => undefined);
  if (known?.closedAt !== undefined)
    return new Refused('case-closed', 'receipt', {
      zh: '该事项已结案；新的事实或理由请另行登记。',
      en: 'The case is closed; new facts or reasons open a new one.',
    });
  return new RedressError('no-such-case', 'receipt', {
    zh: `没有登记号为 ${receipt} 的事项，请核对。`,
    en: `There is no case with the receipt ${receipt}; check the number.`,
  }, err);
}

const hasCode = (err: unknown, ...codes: status[]): boolean => isGrpcServiceError(err) && codes.includes(err.code);

function away(err: unknown): boolean {
  const e = isGrpcServiceError(err) ? err : err instanceof Error ? err.cause : undefined;
  return hasCode(e, status.CANCELLED, status.DEADLINE_EXCEEDED, status.UNAVAILABLE, status.FAILED_PRECONDITION)
    || (err instanceof Error && /connect deadline|Failed to connect/i.test(err.message));
}

const notFound = (err: unknown): boolean => hasCode(err, status.NOT_FOUND);

const engineAway = (cause: unknown): RedressError =>
  new RedressError('engine-away', 'TEMPORAL_ADDRESS', {
    zh: '引擎或其工作进程没有应答。请确认 redress up 正在运行（或检查 TEMPORAL_ADDRESS），然后重试；带同一个 key 重试不会重复登记。',
    en: 'The engine, or the worker behind it, does not answer. See that "redress up" runs (or check TEMPORAL_ADDRESS) and try again; with the same key nothing is recorded twice.',
  }, cause);
