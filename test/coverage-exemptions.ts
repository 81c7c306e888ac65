// What the coverage tests let pass, each with its reason. The lists may only shrink: an exemption that is not needed
// fails the test just as a missing declaration does.

/** Columns of tables without anything personal; `holdings.ts` says why they are that. */
export const impersonalColumns = columns({
  'bookkeeping.ended_year': 'year_id starts_on ends_on ended_at',
  'bookkeeping.storage_report': 'report_id country reported_on noted_at',
  'history.bookable':
    'item_id duration_minutes buffer_before_minutes buffer_after_minutes step_minutes lead_minutes horizon_days capacity free_cancel_hours late_fee_percent',
  'history.closed_day': 'day name',
  'history.item':
    'item_id kind position name description price_ore vat_percent sensitive offered fulfilment withdrawal pay_on_site',
  'history.need': 'item_id skill_id',
  'history.opening':
    'resource_id opening_id weekday opens_minute closes_minute valid_from valid_until',
  'history.opening_exception': 'resource_id exception_id day opens_minute closes_minute',
  'history.picture':
    'item_id picture_id position alternative media_type width_px height_px sha256 content',
  'history.question': 'item_id field required',
  'history.resource': 'resource_id kind position label offered feed_version',
  'history.resource_skill': 'resource_id skill_id',
  'history.skill': 'skill_id name',
  'history.slot':
    'resource_id slot_id kind item_id starts_at ends_at busy_from busy_to capacity taken',
  'history.terms': 'terms_id version content_hash content published_at',
  'history.variant': 'item_id variant_id position name extra_ore stock offered',
  'recipients.agreement': 'agreement_id recipient_id signed_on valid_from ended_on',
  'recipients.recipient':
    'recipient_id category name country role channel transfer_tool transfer_valid_until notice_url erasure_url',
  'routines.backup':
    'backup_id set_id store taken_at finished_at place_kind place_hash bytes rows epoch expires_at removed_at',
  'routines.erasure':
    'erasure_id kind state asked_at code_hash fence_index done_index receipt farewell',
  'routines.erasure_step': 'erasure_id step at evidence',
  'routines.erasure_subject': 'erasure_id subject_id',
  'routines.erasure_telling': 'erasure_id recipient_id state attempts told_at',
  'routines.canary': 'canary_id word began_at ended_at state step erasure_id',
  'routines.proof': 'promise_id status proven_at looked_at found',
  'routines.rehearsal':
    'rehearsal_id ran_at epoch outcome looked_at found records_taken_at keys_taken_at',
  'routines.figure': 'month measure cell contributors largest_share figure sum_ore vat_ore',
  'routines.figures_month': 'month computed_at',
  'routines.run': 'routine ran_at done failed_at',
  'routines.ready_day': 'day minutes first_minute last_minute',
  'routines.security_event': 'event_id kind noted_at settled_at',
  'settings.notice': 'notice_id content_hash published_at content',
  // Written by the migrations alone: their numbers, names and hashes.
  'system.migration': 'number name sha256 applied_at',
  'system.mending': 'mending_id confirmed_at went_back erased_again stops_again orphans',
  'system.store': 'only_row store_id sandbox start_counter applied_ledger',
  'vault.owner': 'owner_id kind created_at fenced_at',
});

/** The keys store: wrapped keys, keyed hashes, fingerprints, counters and random ids. */
export const keysColumns = columns({
  // The keyed hash of an address; dies with its owner.
  'keys.blind_index': 'value kind owner_id',
  'keys.epoch': 'epoch root_fingerprint began_at rewrapped_at dropped_at destroyed_at',
  // Stays for ever: a random id that nothing else refers to any more.
  'keys.fence': 'owner_id fenced_at key_fingerprint ledger_index epoch',
  'keys.ledger_writer': 'only_row size root_hash',
  'keys.long_lived': 'name fingerprint',
  'keys.owner': 'owner_id created_at',
  'keys.owner_key': 'owner_id epoch wrapped fingerprint',
  'system.migration': 'number name sha256 applied_at',
  'system.store': 'only_row store_id sandbox start_counter applied_ledger',
});

/** Text columns without a check, because what stands in them are names of the policy, which grows. */
export const wordsOfPolicy = ['purpose', 'category', 'fields'];

export const looseColumns = {
  'messages.departure.channel: any text fits in': 'written by the outbox alone, with one constant',
};

export const unusedPurposes = {
  newsletter: 'there are no newsletters yet',
};

export const unusedFields = {
  'settings.language': 'stands in a cookie alone',
  'newsletters.email': 'there are no newsletters yet',
  'newsletters.phone': 'there are no newsletters yet',
};

export const recipientsOfNothing = {
  authority: 'no request of an authority can be recorded yet',
};

/** Recipients that a purpose names before anybody may open it for them. */
export const notYetOpened = { 'supplier newsletter': 'there are no newsletters yet' };

/** Small tables that every machine has a copy of. */
export const copiedEverywhere = [
  'history.item',
  'history.resource',
  'history.terms',
  'recipients.recipient',
  'recipients.agreement',
];

const withErasures = 'few rows, and none after an erasure: kept on one machine with the erasures';
export const notByOwner = {
  'routines.one_case_an_erasure': withErasures,
  erasure_case_erasure_id_fkey: withErasures,
};

/** The shape of sealed values, which the proof looks at without a key. */
export const cipherShapes = ['sealedVersion', 'smallestSealed'];

function columns(tables: Readonly<Record<string, string>>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(tables).map(([table, names]) => [table, names.split(' ')]),
  );
}
