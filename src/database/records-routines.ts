import type { Generated } from 'kysely';
import type { OwnerId, RowId } from '../ids.ts';
import type {
  CanaryState,
  CanaryStep,
  ErasureState,
  FarewellState,
  FigureCell,
  FigureMeasure,
  HoldGround,
  HoldScope,
  HoldState,
  Sealed,
  SecurityEventKind,
} from './records.ts';

type Instant = Temporal.Instant;

/** The tables of the schema `routines`: what the system does of itself, and what it found. */
export interface RoutinesTables {
  'routines.erasure': {
    erasure_id: RowId;
    kind: 'account' | 'guest-order';
    state: ErasureState;
    asked_at: Instant;
    code_hash: Uint8Array;
    fence_index: number | null;
    done_index: number | null;
    receipt: object | null;
    farewell: Generated<FarewellState>;
  };
  'routines.erasure_step': {
    erasure_id: RowId;
    step: string;
    at: Instant;
    evidence: Record<string, unknown>;
  };
  'routines.erasure_subject': { erasure_id: RowId; subject_id: OwnerId };
  'routines.erasure_case': {
    owner_id: OwnerId;
    erasure_id: RowId;
    created_at: Instant;
    sealed: Sealed<'erasure'>;
  };
  'routines.erasure_reference': {
    owner_id: OwnerId;
    page_id: RowId;
    recipient_id: RowId;
    removed: number;
    sealed: Sealed<'erasure'>;
  };
  'routines.hold': {
    owner_id: OwnerId;
    subject_id: OwnerId | null;
    scope: HoldScope;
    ground: HoldGround;
    state: HoldState;
    secret: boolean;
    proposed_at: Instant;
    confirmed_at: Instant | null;
    ends_at: Instant;
    renewed_at: Instant | null;
    renewal_ends_at: Instant | null;
    sealed: Sealed<'holds'>;
  };
  'routines.hold_order': { owner_id: OwnerId; order_id: RowId };
  'routines.held_record': {
    owner_id: OwnerId;
    held_id: RowId;
    held_at: Instant;
    sealed: Sealed<'holds'>;
  };
  'routines.canary': {
    canary_id: RowId;
    word: string;
    began_at: Instant;
    ended_at: Instant | null;
    state: CanaryState;
    step: CanaryStep;
    erasure_id: RowId | null;
  };
  'routines.erasure_telling': {
    erasure_id: RowId;
    recipient_id: RowId;
    state: 'waiting' | 'confirmed' | 'refused' | 'silent';
    attempts: Generated<number>;
    told_at: Instant | null;
  };
  'routines.proof': {
    promise_id: string;
    status: 'kept' | 'broken' | 'not yet checked';
    proven_at: Instant;
    looked_at: number;
    found: string[];
  };
  'routines.run': {
    routine: string;
    ran_at: Instant;
    done: number;
    failed_at: Generated<Instant | null>;
  };
  'routines.ready_day': {
    day: Temporal.PlainDate;
    minutes: number;
    first_minute: Instant;
    last_minute: Instant;
  };
  'routines.security_event': {
    event_id: RowId;
    kind: SecurityEventKind;
    noted_at: Instant;
    settled_at: Instant | null;
  };
  'routines.figures_month': { month: Temporal.PlainDate; computed_at: Instant };
  'routines.figure': {
    month: Temporal.PlainDate;
    measure: FigureMeasure;
    cell: FigureCell;
    contributors: number | null;
    largest_share: number | null;
    figure: number | null;
    sum_ore: number | null;
    vat_ore: number | null;
  };
  'routines.backup': {
    backup_id: RowId;
    set_id: RowId;
    store: 'records' | 'keys' | 'keyring';
    taken_at: Instant;
    finished_at: Instant;
    place_kind: 'folder' | 's3';
    place_hash: Uint8Array;
    bytes: number;
    rows: number;
    epoch: number | null;
    expires_at: Instant;
    removed_at: Instant | null;
  };
  'routines.rehearsal': {
    rehearsal_id: RowId;
    ran_at: Instant;
    epoch: number | null;
    outcome: 'clean' | 'found' | 'failed';
    looked_at: number;
    found: string[];
    records_taken_at: Instant | null;
    keys_taken_at: Instant | null;
  };
}
