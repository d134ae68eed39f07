import type { Connection } from '@temporalio/client';
import type { SearchAttributeType } from '@temporalio/common';
import proto from '@temporalio/proto';
import { setTimeout as sleep } from 'node:timers/promises';
import { duration } from './duration.ts';
import { EngineError } from './errors.ts';
import { searchAttributes } from '../workflows/attributes.ts';

const { IndexedValueType } = proto.temporal.api.enums.v1;
const GRPC = { INVALID_ARGUMENT: 3, ALREADY_EXISTS: 6, PERMISSION_DENIED: 7, UNIMPLEMENTED: 12 } as const;
const DAY_MS = 86_400_000;
const USABLE_WITHIN_MS = 15_000;

const KINDS = {
  TEXT: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
  KEYWORD: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  INT: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  DOUBLE: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  BOOL: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  DATETIME: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  KEYWORD_LIST: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
} as const satisfies Record<SearchAttributeType, number>;

/**
 * Makes sure that the namespace and the search attributes exist; safe to repeat. An existing
 * namespace keeps its retention. Where registering is not permitted, what is there must do.
 * @throws EngineError `engine-forbidden` when something is missing and may not be added
 */
export async function prepare(connection: Connection, namespace: string, retentionDays: number): Promise<void> {
  await ensureNamespace(connection, namespace, retentionDays);
  await ensureSearchAttributes(connection, namespace);
}

async function ensureNamespace(connection: Connection, namespace: string, retentionDays: number): Promise<void> {
  const { workflowService } = connection;
  try {
    await workflowService.registerNamespace({
      namespace,
      description: 'Redress cases',
      workflowExecutionRetentionPeriod: duration(retentionDays * DAY_MS),
    });
  } catch (error) {
    if (codeOf(error) === GRPC.ALREADY_EXISTS) return;
    if (!notPermitted(error)) throw error;
    await workflowService.describeNamespace({ namespace }).catch((cause) => {
      throw forbidden(`namespace ${namespace}`, cause);
    });
  }
}

async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  const wanted = Object.values(searchAttributes);
  const known = await connection.operatorService.listSearchAttributes({ namespace });
  const toAdd = wanted.filter((key) => known.customAttributes[key.name] === undefined);
  if (toAdd.length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({
      namespace,
      searchAttributes: Object.fromEntries(toAdd.map((key) => [key.name, KINDS[key.type]])),
    });
  } catch (error) {
    if (notPermitted(error)) throw forbidden(`search attributes ${toAdd.map((key) => key.name).join(', ')}`, error);
    if (codeOf(error) !== GRPC.ALREADY_EXISTS) throw error;
  }
  await untilUsable(connection, namespace, toAdd.map((key) => key.name));
}

/** The server's own caches learn new attributes within seconds, and until then it refuses them. */
async function untilUsable(connection: Connection, namespace: string, names: readonly string[]): Promise<void> {
  const query = names.map((name) => `${name} IS NULL`).join(' AND ');
  for (const began = Date.now(); ; await sleep(50)) {
    try {
      await connection.workflowService.countWorkflowExecutions({ namespace, query });
      return;
    } catch (error) {
      if (codeOf(error) !== GRPC.INVALID_ARGUMENT || Date.now() - began > USABLE_WITHIN_MS) throw error;
    }
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

const notPermitted = (error: unknown): boolean =>
  codeOf(error) === GRPC.PERMISSION_DENIED || codeOf(error) === GRPC.UNIMPLEMENTED;

function forbidden(what: string, cause: unknown): EngineError {
  return new EngineError('engine-forbidden', { what }, {
    en: `The Temporal server lacks ${what}, and this account may not add it. Ask its administrator to.`,
    zh: `Temporal 服务器缺少 ${what},当前账号无权添加,请联系服务器管理员。`,
  }, cause);
}
