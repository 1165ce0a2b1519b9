-- Files that learners hand in. They lie here and in no folder, so that nothing can be run or guessed; they go with
-- their attempt, and so with the account.
create table answer_files (
  id uuid primary key,
  attempt_id uuid not null references attempts on delete cascade,
  slot smallint not null,
  op uuid,                             -- the client's id of the write
  size bigint,                         -- null until all of it is here
  started_at timestamptz not null,
  unique (attempt_id, slot, op)
);

create index answer_files_unfinished on answer_files (started_at) where size is null;

-- A file in the pieces in which it came, so that neither keeping nor sending it needs its whole length in memory.
create table answer_pieces (
  file_id uuid not null references answer_files on delete cascade,
  place integer not null,
  bytes bytea not null,                -- @pii category=answers on_erase=delete
  primary key (file_id, place)
);
