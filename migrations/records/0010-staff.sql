-- A link with which somebody chooses how to sign in to the staff pages: a new member of staff, or one whose sign-in
-- was reset. One at a time for each; a new link is a new row, so that the old one leads nowhere.
create table accounts.invitation (
  owner_id uuid not null references vault.owner (owner_id),
  invitation_id uuid not null,
  kind text not null,
  sent_at timestamptz not null,
  token_hash bytea not null,
  sealed bytea not null,
  primary key (owner_id, invitation_id),
  constraint one_invitation_each unique (owner_id),
  constraint invitation_kind_is_known check (kind in ('new', 'reset')),
  constraint token_hash_is_sha256 check (octet_length(token_hash) = 32)
);

grant select, insert, update, delete on accounts.invitation to varsam;

-- Whoever has left cannot sign in; what is still kept goes some time after this moment.
alter table accounts.staff add column left_at timestamptz;
