import { z } from 'zod';
import { parseVerifierKey, verifyCheckpoint } from './checkpoint.ts';
import { canonical, sha256 } from './log.ts';
import { leafHash, verifyInclusion } from './merkle.ts';

const base64 = z.string().regex(/^[A-Za-z0-9+/]+={0,2}$/);
const proofShape = z.strictObject({
  entry: z.string().max(10_000),
  index: z.int().min(0),
  inclusion: z.array(base64).max(64),
  checkpoint: z.string().max(10_000),
});
const receiptShape = z.strictObject({
  body: z.looseObject({
    type: z.literal('varsam erasure receipt'),
    format: z.literal(1),
    sandbox: z.boolean(),
    controller: z.strictObject({ name: z.string(), organisation_number: z.string() }),
    steps: z.array(z.strictObject({ step: z.string(), at: z.string(), evidence: z.unknown() })),
  }),
  proof: z.strictObject({ done: proofShape, fence: proofShape }),
  verifier_key: z.string().max(1000),
});

type ReceiptFile = z.infer<typeof receiptShape>;

/** The rules that a receipt can break, and what a terminal says of each; the words of the pages are in `text/`. */
const faults = {
  'not-a-receipt': 'this is not a receipt file',
  'key-malformed': 'its key is malformed',
  'other-key': 'it is signed by another key than the one that was given',
  'wrong-entries': 'its ledger entries are of the wrong kind',
  'text-changed': 'its text is not the one that was signed for',
  'wrong-order': 'the key was not destroyed before it was stated',
  'sandbox-unclear': 'sandbox and signature do not agree',
  'not-in-log': 'an entry is not in the signed log',
  'other-entry': 'the entry is not the one that the receipt names',
} as const;

export type ReceiptFault = keyof typeof faults;

/** What a check of a receipt says; `fault` names the rule that is broken, `reason` says it. */
export type Verdict =
  | {
      readonly genuine: true;
      readonly signedBy: string;
      readonly verifierKey: string;
      readonly sandbox: boolean;
      readonly statedAt: string;
      readonly fencedAt: string;
      /** SHA-256 of the canonical text, which stands in the log, in hex. */
      readonly bodyHash: string;
      readonly logSize: number;
    }
  | { readonly genuine: false; readonly fault: ReceiptFault; readonly reason: string };

/**
 * Checks a receipt file with nothing but itself and, if it is known from elsewhere, the company's verifier key:
 * the body's hash stands in a `done` entry, the destroyed key in a `fence` entry before it, both entries stand in the
 * log, and the log's checkpoint is signed.
 */
export function verifyReceipt(text: string, knownKey: string | null = null): Verdict {
  const parsed = receiptShape.safeParse(parseJson(text));
  if (!parsed.success) return not('not-a-receipt');
  const receipt = parsed.data;
  const key = parseVerifierKey(receipt.verifier_key);
  if (key === null) return not('key-malformed');
  if (knownKey !== null && knownKey.trim() !== receipt.verifier_key) {
    return not('other-key');
  }
  const fault = faultIn(receipt, key);
  if (fault !== null) return not(fault);
  return {
    genuine: true,
    signedBy: key.origin,
    verifierKey: receipt.verifier_key,
    sandbox: key.origin.startsWith('SANDBOX'),
    statedAt: entryOf(receipt.proof.done)?.at ?? '',
    fencedAt: entryOf(receipt.proof.fence)?.at ?? '',
    bodyHash: sha256(canonical(receipt.body)),
    logSize: verifyCheckpoint(receipt.proof.done.checkpoint, key.publicKey)?.size ?? 0,
  };
}

function faultIn(
  { body, proof }: ReceiptFile,
  key: { readonly origin: string; readonly publicKey: Buffer },
): ReceiptFault | null {
  const done = entryOf(proof.done);
  const fence = entryOf(proof.fence);
  if (done?.kind !== 'done' || fence?.kind !== 'fence') return 'wrong-entries';
  if (done.payload_sha256 !== sha256(canonical({ receipt_sha256: sha256(canonical(body)) }))) {
    return 'text-changed';
  }
  if (fence.index >= done.index) return 'wrong-order';
  if (body.sandbox !== key.origin.startsWith('SANDBOX')) return 'sandbox-unclear';
  if (!isIncluded(proof.done, key) || !isIncluded(proof.fence, key)) {
    return 'not-in-log';
  }
  const fenced = body.steps.find(({ step }) => step === 'fenced')?.evidence;
  const says = (fenced as { ledger_index?: unknown } | undefined)?.ledger_index;
  return says === fence.index ? null : 'other-entry';
}

function isIncluded(
  proof: ReceiptFile['proof']['done'],
  key: { readonly origin: string; readonly publicKey: Buffer },
): boolean {
  const checkpoint = verifyCheckpoint(proof.checkpoint, key.publicKey);
  if (checkpoint === null || checkpoint.origin !== key.origin) return false;
  return verifyInclusion({
    index: proof.index,
    size: checkpoint.size,
    leaf: leafHash(Buffer.from(proof.entry)),
    proof: proof.inclusion.map((hash) => Buffer.from(hash, 'base64')),
    root: checkpoint.root,
  });
}

const entryShape = z.strictObject({
  at: z.string(),
  index: z.int(),
  kind: z.string(),
  payload_sha256: z.string(),
});

/** The entry as the log has it; null when the line says another index than the proof. */
function entryOf(proof: ReceiptFile['proof']['done']): z.infer<typeof entryShape> | null {
  const entry = entryShape.safeParse(parseJson(proof.entry));
  return entry.success && entry.data.index === proof.index ? entry.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function not(fault: ReceiptFault): Verdict {
  return { genuine: false, fault, reason: faults[fault] };
}
